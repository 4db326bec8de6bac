/* SPDX-License-Identifier: Apache-2.0 */
/* Every row of the command table. To add a command: define its row in command_<noun>.c and name it
 * here; route, help, API document and OpenAPI follow. */
#ifndef USINE_COMMANDS_ROWS_H
#define USINE_COMMANDS_ROWS_H

#include "command.h"

/* clang-format off */
#define COMMAND_ROWS(X)                                                                       \
    X(command_status)                                                                         \
    X(command_machine_list)    X(command_machine_show)   X(command_machine_clear)             \
    X(command_machine_withdraw)                                                               \
    X(command_machine_pause)   X(command_machine_resume) X(command_machine_cancel)            \
    X(command_machine_estop)   X(command_machine_unlock) X(command_machine_test)              \
    X(command_machine_send)    X(command_machine_out)    X(command_machine_in)                \
    X(command_machine_wire)    X(command_machine_history) X(command_machine_why)              \
    X(command_machine_count)   X(command_machine_undo)   X(command_machine_label)             \
    X(command_machine_notes)   X(command_machine_note)   X(command_note_done)                 \
    X(command_machine_load)    X(command_lot_show)       X(command_lot_label)                 \
    X(command_labels)          X(command_lot_block)      X(command_lot_release)               \
    X(command_estop)                                                                          \
    X(command_program_list)    X(command_program_add)    X(command_program_show)              \
    X(command_program_gcode)   X(command_program_thumbnail) X(command_program_remove)         \
    X(command_program_set)                                                                    \
    X(command_job_list)        X(command_job_add)        X(command_job_show)                  \
    X(command_job_set)         X(command_job_hold)       X(command_job_release)               \
    X(command_job_cancel)      X(command_job_why)        X(command_job_shares)              \
    X(command_run_list)        X(command_run_show)       X(command_run_wire)                  \
    X(command_run_correct)     X(command_scrap)          X(command_cycles)                    \
    X(command_order_list)      X(command_order_add)      X(command_order_show)                \
    X(command_order_set)       X(command_order_hold)     X(command_order_release)             \
    X(command_order_cancel)                                                                   \
    X(command_stock_show)      X(command_stock_receive)  X(command_stock_move)                \
    X(command_stock_assemble)  X(command_stock_discard)  X(command_stock_count)               \
    X(command_stock_ship)                                                                     \
    X(command_maker_list)      X(command_maker_add)      X(command_maker_remove)              \
    X(command_declare_show)    X(command_declare)        X(command_declare_withdraw)          \
    X(command_declaration_list) X(command_declaration_receive) X(command_declaration_refuse)  \
    X(command_step_list)       X(command_step_done)      X(command_step_back)                 \
    X(command_step_batches)                                                                   \
    X(command_throughput)      X(command_throughput_csv) X(command_curve)                     \
    X(command_forecast)                                                                       \
    X(command_ports)           X(command_log)            X(command_config)                    \
    X(command_config_text)     X(command_config_check)   X(command_program_path)              \
    X(command_octoprint_version)  X(command_octoprint_settings) X(command_octoprint_printer)  \
    X(command_octoprint_job)      X(command_octoprint_profiles) X(command_octoprint_login)    \
    X(command_octoprint_send)     X(command_octoprint_file)     X(command_octoprint_select)   \
    X(command_prusalink_info)     X(command_prusalink_status)   X(command_prusalink_storage)  \
    X(command_prusalink_send)                                                                 \
    X(command_backup)                                                                         \
    X(command_login)           X(command_logout)         X(command_me)                        \
    X(command_me_set)          X(command_reauthenticate) X(command_first)                     \
    X(command_invitation)      X(command_pin)            X(command_pairing)                   \
    X(command_session_list)    X(command_session_end)                                         \
    X(command_key_list)        X(command_key_add)        X(command_key_remove)                \
    X(command_user_list)       X(command_user_show)      X(command_user_add)                  \
    X(command_user_set)        X(command_user_invite)    X(command_user_logout)               \
    X(command_user_remove)                                                                    \
    X(command_token_list)      X(command_token_add)      X(command_token_remove)              \
    X(command_tablet_list)     X(command_tablet_add)     X(command_tablet_people)             \
    X(command_tablet_remove)                                                                  \
    X(command_notice_list)     X(command_notice_add)     X(command_notice_remove)             \
    X(command_notice_test)     X(command_outbox)                                             \
    X(command_audit_list)      X(command_audit_verify)
/* clang-format on */

#define X(row) extern const struct command row;
COMMAND_ROWS(X)
#undef X

#define FIELDS(table) .fields = (table), .field_count = sizeof(table) / sizeof *(table)

#endif
