/* SPDX-License-Identifier: Apache-2.0 */
/* What messages say, in French and English. Pure. */
#ifndef USINE_NOTICES_WORDS_H
#define USINE_NOTICES_WORDS_H

#include <stddef.h>

#include "rule.h"

/* What there is to be told of. */
enum notice_what {
    WHAT_CLEAR, /* waits for a person: its bed is to be cleared */
    WHAT_LOAD,
    WHAT_UNLOCK,
    WHAT_MATERIAL,
    WHAT_RESUME,
    WHAT_LOCKED, /* down */
    WHAT_LOST,   /* no word from it, in a run */
    WHAT_QUARANTINED,
    WHAT_OUT,
    WHAT_DONE, /* a job */
    WHAT_COUNT
};

/* Stable, for programs: "clear". */
const char *notice_what_name(enum notice_what what);

/* The one of that name; WHAT_COUNT: none. */
enum notice_what notice_what_of(const char *name);

/* clang-format off */
/* {0}, {1} stand for what differs. X(KEY, French, English) */
#define WORDS_TABLE(X)                                                                              \
    X(TITLE_NEEDS,   "{0} attend quelqu'un", "{0} is waiting for somebody")                         \
    X(TITLE_NEEDS_N, "{0} machines attendent quelqu'un", "{0} machines are waiting for somebody")   \
    X(TITLE_DOWN,    "{0} est à l'arrêt", "{0} is down")                                            \
    X(TITLE_DOWN_N,  "{0} machines sont à l'arrêt", "{0} machines are down")                        \
    X(TITLE_DONE,    "Travail {0} terminé", "Job {0} is done")                                      \
    X(TITLE_DONE_N,  "{0} travaux terminés", "{0} jobs are done")                                   \
    X(TITLE_TEST,    "Message d'essai", "Test message")                                             \
    X(AT,            "{0} ({1})", "{0} ({1})")                                                      \
    X(SINCE,         "depuis {0}", "since {0}")                                                     \
    X(SAYS,          "La machine dit : {0}", "The machine says: {0}")                               \
    X(CLEAR,         "plateau à vider", "its bed is to be cleared")                                 \
    X(CLEAR_DO,      "Retirez les pièces, comptez les bonnes et les rebuts, puis confirmez « Vider ».", \
                     "Take the pieces off, count good and scrap, then confirm \"Clear\".")          \
    X(LOAD,          "à charger", "it is to be loaded")                                             \
    X(LOAD_DO,       "Chargez la machine, puis confirmez.", "Load the machine, then confirm.")      \
    X(UNLOCK,        "verrouillée", "it is locked")                                                 \
    X(UNLOCK_DO,     "Allez voir la machine ; déverrouillez-la quand elle est sûre.",               \
                     "Go and look at the machine; unlock it when it is safe.")                      \
    X(MATERIAL,      "matière à mettre", "it needs material")                                       \
    X(MATERIAL_DO,   "Mettez du filament ou une plaque, puis reprenez.",                            \
                     "Put in filament or a sheet, then resume.")                                    \
    X(RESUME,        "en pause", "it is held")                                                      \
    X(RESUME_DO,     "Allez voir pourquoi, puis reprenez ou annulez.",                              \
                     "Go and see why, then resume or cancel.")                                      \
    X(LOCKED,        "verrouillée par sécurité", "locked for safety")                               \
    X(LOCKED_DO,     "Allez voir la machine ; déverrouillez-la quand elle est sûre.",               \
                     "Go and look at the machine; unlock it when it is safe.")                      \
    X(LOST,          "plus de liaison, en pleine fabrication", "no word from it, in the middle of a run") \
    X(LOST_DO,       "Vérifiez l'alimentation et le câble USB.", "Check its power and its USB cable.") \
    X(QUARANTINED,   "mise à l'écart : sa liaison n'est pas fiable",                                \
                     "quarantined: its link cannot be relied on")                                   \
    X(QUARANTINED_DO, "Changez le câble, puis lancez l'essai de liaison.",                          \
                     "Change the cable, then run the link test.")                                   \
    X(OUT,           "hors service", "out of service")                                              \
    X(OUT_DO,        "Réparez-la, puis remettez-la en service.", "Repair it, then put it back into service.") \
    X(DONE,          "{0} pièces bonnes : {1}", "{0} good pieces: {1}")                             \
    X(DONE_DO,       "Rien à faire ; les machines passent au travail suivant.",                     \
                     "Nothing to do; the machines go on with the next job.")                        \
    X(TEST_DO,       "Ce moyen d'avertissement fonctionne.", "This way of telling you works.")      \
    X(TO_DO,         "À faire : {0}", "To do: {0}")                                                 \
    X(MORE,          "… et {0} de plus.", "… and {0} more.")                                        \
    X(JOB,           "Travail {0}", "Job {0}")                                                      \
    X(FOOT,          "Vous recevez ce message parce que vous l'avez demandé dans « Mon compte ».",  \
                     "You get this message because you asked for it in \"My account\".")
/* clang-format on */

enum words {
#define X(key, french, english) WORDS_##key,
    WORDS_TABLE(X)
#undef X
        WORDS_COUNT
};

/* language "fr" or "en"; any other is English. */
const char *words_of(enum words words, const char *language);

/* words with {0} and {1} replaced; what does not fit is cut between letters. */
void words_fill(char *out, size_t size, const char *words, const char *const values[2]);

/* What is the matter, and what is to be done. */
enum words words_what(enum notice_what what);
enum words words_do(enum notice_what what);

#endif
