/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 into the letters of the labels' font: PDF's WinAnsiEncoding, which is Windows-1252: all of
 * French with œ, ’ and €, and western Europe. Every reader brings Helvetica in it, so that no font
 * must be installed or embedded. Pure. */
#ifndef USINE_LABELS_LATIN_H
#define USINE_LABELS_LATIN_H

#include <stddef.h>

#define LATIN_ELLIPSIS '\x85'

/* Writes at most size - 1 letters and a NUL; returns how many. What does not go in is cut, with an
 * ellipsis in the last place. Letters of central Europe lose their marks (ł is l), all spaces are
 * one, and so are control bytes; marks that stand apart and marks of direction are dropped;
 * anything else, broken UTF-8 too, is '?'. */
size_t latin_write(char *out, size_t size, const char *utf8);

#endif
