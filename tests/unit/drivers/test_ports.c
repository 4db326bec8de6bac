/* SPDX-License-Identifier: Apache-2.0 */
/* A small /sys and /dev in a temporary folder, as the kernel and udev lay them out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "drivers/ports_scan.h"

struct tree {
    char root[64];
};

static void shell(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void shell(const char *format, ...)
{
    char command[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(command, sizeof command, format, args);
    va_end(args);
    assert_int_equal(system(command), 0);
}

static void plant(struct tree *tree)
{
    strcpy(tree->root, "/tmp/usine-ports-XXXXXX");
    assert_non_null(mkdtemp(tree->root));
    shell("cd %s && mkdir -p sys/class/tty sys/devices dev/serial/by-id dev/serial/by-path && "
          "mkdir sys/class/tty/tty0 sys/class/tty/ptmx",
          tree->root);
}

static void uproot(struct tree *tree)
{
    shell("rm -r %s", tree->root);
}

struct adapter {
    const char *tty; /* ttyUSB0 */
    const char *vid, *pid;
    const char *serial; /* NULL: none */
    const char *product;
    const char *interface; /* "00" */
    const char *by_id, *by_path;
};

/* What plugging it in adds. */
static void plug(const struct tree *tree, const struct adapter *a)
{
    shell("cd %s && d=sys/devices/usb1/%s && mkdir -p $d/1:1.%s/%s && echo %s > $d/idVendor && "
          "echo %s > $d/idProduct && echo '%s' > $d/product && echo Maker > $d/manufacturer && "
          "echo %s > $d/1:1.%s/bInterfaceNumber && mkdir sys/class/tty/%s && "
          "ln -s ../../../../$d/1:1.%s/%s sys/class/tty/%s/device && touch dev/%s",
          tree->root, a->tty, a->interface, a->tty, a->vid, a->pid, a->product, a->interface,
          a->interface, a->tty, a->interface, a->tty, a->tty, a->tty);
    if (a->serial != NULL)
        shell("echo '%s' > %s/sys/devices/usb1/%s/serial", a->serial, tree->root, a->tty);
    if (a->by_id != NULL)
        shell("ln -sf ../../%s %s/dev/serial/by-id/%s", a->tty, tree->root, a->by_id);
    if (a->by_path != NULL)
        shell("ln -sf ../../%s %s/dev/serial/by-path/%s", a->tty, tree->root, a->by_path);
}

static const struct adapter prusa = {
    .tty = "ttyACM0",
    .vid = "2c99",
    .pid = "0002",
    .serial = "CZPX2519X004XK32845",
    .product = "Original Prusa i3 MK3",
    .interface = "00",
    .by_id = "usb-Prusa_Research__prusa3d.com__Original_Prusa_i3_MK3_CZPX2519X004XK32845-if00",
    .by_path = "pci-0000:00:14.0-usb-0:2:1.0",
};
static const struct adapter ch340 = {
    .tty = "ttyUSB0",
    .vid = "1a86",
    .pid = "7523",
    .product = "USB2.0-Serial",
    .interface = "00",
    .by_id = "usb-1a86_USB2.0-Serial-if00-port0",
    .by_path = "pci-0000:00:14.0-usb-0:3:1.0-port0",
};
static const struct adapter twin = {
    .tty = "ttyUSB1",
    .vid = "1a86",
    .pid = "7523",
    .product = "USB2.0-Serial",
    .interface = "00",
    .by_id = "usb-1a86_USB2.0-Serial-if00-port0",
    .by_path = "pci-0000:00:14.0-usb-0:4:1.0-port0",
};

static enum err query(const struct tree *tree, const char *spec, char device[128], char text[512])
{
    const struct ports_query q = {.root = tree->root, .spec = spec};

    device[0] = '\0';
    text[0] = '\0';
    return ports_query(&q, device, 128, text, 512);
}

static void no_ports_is_an_empty_list(void **state)
{
    struct tree tree;
    struct ports ports;

    (void)state;
    plant(&tree);
    assert_int_equal(ports_scan(tree.root, &ports), ERR_OK);
    assert_int_equal(ports.count, 0);
    ports_finish(&ports);
    ports_finish(&ports);
    assert_int_equal(ports_scan("/nowhere", &ports), ERR_OK);
    assert_int_equal(ports.count, 0);
    uproot(&tree);
}

static void a_port_is_listed_with_all_its_names(void **state)
{
    struct tree tree;
    struct ports ports;

    (void)state;
    plant(&tree);
    plug(&tree, &ch340);
    plug(&tree, &prusa);
    assert_int_equal(ports_scan(tree.root, &ports), ERR_OK);
    assert_int_equal(ports.count, 2);
    assert_string_equal(ports.items[0].device, "/dev/ttyACM0");
    assert_string_equal(ports.items[0].usb, "usb:2c99:0002:CZPX2519X004XK32845");
    assert_string_equal(ports.items[0].about, "Maker Original Prusa i3 MK3");
    assert_string_equal(port_best_name(&ports.items[0]), ports.items[0].by_id);
    assert_non_null(strstr(ports.items[0].by_id, "/dev/serial/by-id/usb-Prusa"));
    assert_string_equal(ports.items[0].by_path, "/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0");
    assert_string_equal(ports.items[1].usb, "usb:1a86:7523");
    assert_false(ports.items[1].twin);
    ports_finish(&ports);
    uproot(&tree);
}

static void a_ttys_without_a_chip_is_not_a_port_but_a_real_one_is(void **state)
{
    struct tree tree;
    struct ports ports;

    (void)state;
    plant(&tree);
    shell(
        "cd %s && mkdir -p sys/devices/platform/serial8250 sys/class/tty/ttyS0 sys/class/tty/ttyS1 "
        "&& ln -s ../../../devices/platform/serial8250 sys/class/tty/ttyS0/device && "
        "ln -s ../../../devices/platform/serial8250 sys/class/tty/ttyS1/device && "
        "echo 4 > sys/class/tty/ttyS0/type && echo 0 > sys/class/tty/ttyS1/type",
        tree.root);
    assert_int_equal(ports_scan(tree.root, &ports), ERR_OK);
    assert_int_equal(ports.count, 1);
    assert_string_equal(ports.items[0].device, "/dev/ttyS0");
    assert_string_equal(ports.items[0].usb, "");
    assert_string_equal(port_best_name(&ports.items[0]), "/dev/ttyS0");
    ports_finish(&ports);
    uproot(&tree);
}

static void adapters_that_say_the_same_are_told_apart_by_place(void **state)
{
    struct tree tree;
    struct ports ports;

    (void)state;
    plant(&tree);
    plug(&tree, &ch340);
    plug(&tree, &twin);
    plug(&tree, &prusa);
    assert_int_equal(ports_scan(tree.root, &ports), ERR_OK);
    assert_int_equal(ports.count, 3);
    assert_false(ports.items[0].twin);
    assert_true(ports.items[1].twin);
    assert_true(ports.items[2].twin);
    assert_string_equal(port_best_name(&ports.items[1]),
                        "/dev/serial/by-path/pci-0000:00:14.0-usb-0:3:1.0-port0");
    assert_string_equal(port_best_name(&ports.items[2]),
                        "/dev/serial/by-path/pci-0000:00:14.0-usb-0:4:1.0-port0");
    ports_finish(&ports);
    uproot(&tree);
}

static void two_ports_of_one_adapter_are_no_twins(void **state)
{
    struct adapter second = ch340;
    struct tree tree;
    struct ports ports;

    (void)state;
    second.tty = "ttyUSB1";
    second.interface = "01";
    second.by_id = "usb-1a86_USB2.0-Serial-if01-port0";
    plant(&tree);
    plug(&tree, &ch340);
    plug(&tree, &second);
    assert_int_equal(ports_scan(tree.root, &ports), ERR_OK);
    assert_int_equal(ports.count, 2);
    assert_false(ports.items[0].twin);
    assert_false(ports.items[1].twin);
    ports_finish(&ports);
    uproot(&tree);
}

static void a_machine_is_found_by_usb_identity(void **state)
{
    struct tree tree;
    char device[128], text[512];

    (void)state;
    plant(&tree);
    plug(&tree, &ch340);
    plug(&tree, &prusa);
    assert_int_equal(query(&tree, "usb:2c99:0002:CZPX2519X004XK32845", device, text), ERR_OK);
    assert_string_equal(device, "/dev/ttyACM0");
    assert_int_equal(query(&tree, "usb:2C99:0002", device, text), ERR_OK);
    assert_string_equal(device, "/dev/ttyACM0");
    assert_int_equal(query(&tree, "usb:1a86:7523", device, text), ERR_OK);
    assert_string_equal(device, "/dev/ttyUSB0");
    assert_int_equal(query(&tree, "usb:2c99:0002:OTHER", device, text), ERR_NOT_FOUND);
    assert_non_null(strstr(text, "not plugged in"));
    uproot(&tree);
}

static void an_identity_that_several_share_is_refused_naming_places(void **state)
{
    struct tree tree;
    char device[128], text[512];

    (void)state;
    plant(&tree);
    plug(&tree, &ch340);
    plug(&tree, &twin);
    assert_int_equal(query(&tree, "usb:1a86:7523", device, text), ERR_REFUSED);
    assert_non_null(strstr(text, "2 ports fit usb:1a86:7523"));
    assert_non_null(strstr(text, "/dev/serial/by-path/pci-0000:00:14.0-usb-0:3:1.0-port0"));
    assert_non_null(strstr(text, "/dev/serial/by-path/pci-0000:00:14.0-usb-0:4:1.0-port0"));
    assert_string_equal(device, "");
    assert_int_equal(query(&tree, "usb-1a86_USB2.0-Serial-if00-port0", device, text), ERR_REFUSED);
    assert_non_null(strstr(text, "several adapters share"));
    assert_non_null(strstr(text, "usb-0:3:1.0-port0"));
    assert_int_equal(query(&tree, "pci-0000:00:14.0-usb-0:4:1.0-port0", device, text), ERR_OK);
    assert_non_null(strstr(device, "/dev/ttyUSB1"));
    uproot(&tree);
}

static void a_by_id_name_follows_the_machine_to_its_new_device(void **state)
{
    struct adapter moved = prusa;
    struct tree tree;
    char device[128], text[512];

    (void)state;
    plant(&tree);
    plug(&tree, &prusa);
    assert_int_equal(query(&tree, prusa.by_id, device, text), ERR_OK);
    assert_non_null(strstr(device, "/dev/ttyACM0"));
    shell("cd %s && rm -r sys/class/tty/ttyACM0 dev/ttyACM0 sys/devices/usb1/ttyACM0", tree.root);
    assert_int_equal(query(&tree, prusa.by_id, device, text), ERR_NOT_FOUND);
    moved.tty = "ttyACM7";
    plug(&tree, &moved);
    assert_int_equal(query(&tree, prusa.by_id, device, text), ERR_OK);
    assert_non_null(strstr(device, "/dev/ttyACM7"));
    uproot(&tree);
}

static void hostile_names_do_no_harm(void **state)
{
    struct adapter odd = prusa;
    struct tree tree;
    struct ports ports;
    char device[128], text[512], longest[400];

    (void)state;
    odd.serial = "A B:C\\\"\x01\xc3\xa9";
    plant(&tree);
    plug(&tree, &odd);
    shell("cd %s/dev/serial/by-id && ln -s nowhere $(printf 'x%%.0s' $(seq 250)) && ln -s . loop",
          tree.root);
    assert_int_equal(ports_scan(tree.root, &ports), ERR_OK);
    assert_int_equal(ports.count, 1);
    assert_string_equal(ports.items[0].usb, "usb:2c99:0002:A_B_C__???");
    ports_finish(&ports);
    memset(longest, 'a', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(query(&tree, longest, device, text), ERR_INVALID);
    assert_int_equal(query(&tree, "usb:", device, text), ERR_INVALID);
    assert_int_equal(query(&tree, "usb:2c99:0002:", device, text), ERR_INVALID);
    assert_int_equal(query(&tree, "usb:2c99-0002", device, text), ERR_INVALID);
    assert_int_equal(query(&tree, "../../../etc/passwd/x", device, text), ERR_NOT_FOUND);
    uproot(&tree);
}

static void the_real_machine_can_be_listed(void **state)
{
    struct ports ports;

    (void)state;
    assert_int_equal(ports_list(&ports), ERR_OK);
    for (size_t i = 0; i < ports.count; i++)
        assert_int_equal(strncmp(ports.items[i].device, "/dev/", 5), 0);
    ports_finish(&ports);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_ports_is_an_empty_list),
        cmocka_unit_test(a_port_is_listed_with_all_its_names),
        cmocka_unit_test(a_ttys_without_a_chip_is_not_a_port_but_a_real_one_is),
        cmocka_unit_test(adapters_that_say_the_same_are_told_apart_by_place),
        cmocka_unit_test(two_ports_of_one_adapter_are_no_twins),
        cmocka_unit_test(a_machine_is_found_by_usb_identity),
        cmocka_unit_test(an_identity_that_several_share_is_refused_naming_places),
        cmocka_unit_test(a_by_id_name_follows_the_machine_to_its_new_device),
        cmocka_unit_test(hostile_names_do_no_harm),
        cmocka_unit_test(the_real_machine_can_be_listed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
