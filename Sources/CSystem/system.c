#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_openat2
#define SYS_openat2 437
#endif

// As linux/openat2.h has it, which older systems lack.
struct open_how_of_linux {
    uint64_t flags;
    uint64_t mode;
    uint64_t resolve;
};
#define NO_SYMLINKS 0x04
#define BENEATH 0x08

int openscan_open_beneath(int folder, const char *path, int flags) {
    struct open_how_of_linux how = {.flags = (uint64_t)(unsigned)flags, .resolve = BENEATH | NO_SYMLINKS};
    long opened = syscall(SYS_openat2, folder, path, &how, sizeof how);
    // A filter of system calls that does not know this one answers EPERM.
    if (opened < 0 && errno == EPERM) errno = ENOSYS;
    return (int)opened;
}

int openscan_place_only(void) { return O_PATH; }

extern char **environ;

static pid_t start(const char *path, char *const arguments[], char *const environment[], int is_other, int *channel) {
    int ends[2];
    // Closed in every other program that is started, also by another thread at this moment.
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return -errno;
    posix_spawn_file_actions_t actions;
    pid_t child = 0;
    int code = posix_spawn_file_actions_init(&actions);
    if (code == 0) {
        code = posix_spawn_file_actions_adddup2(&actions, ends[1], 0);
        if (code == 0) code = posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
        if (code == 0 && is_other) code = posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
        if (code == 0) {
            code = is_other ? posix_spawnp(&child, path, &actions, NULL, arguments, environment)
                            : posix_spawn(&child, path, &actions, NULL, arguments, environment);
        }
        posix_spawn_file_actions_destroy(&actions);
    }
    close(ends[1]);
    if (code != 0) {
        close(ends[0]);
        return -code;
    }
    *channel = ends[0];
    return child;
}

pid_t openscan_start(const char *path, char *const arguments[], int *channel) {
    return start(path, arguments, environ, 0, channel);
}

pid_t openscan_start_other(const char *name, char *const arguments[], char *const environment[], int *channel) {
    return start(name, arguments, environment, 1, channel);
}

int openscan_be_worker(uint64_t bytes) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return errno;
    // A terminal interrupts all of a run at once; the run itself says when its workers end.
    if (signal(SIGINT, SIG_IGN) == SIG_ERR) return errno;
    if (bytes == 0) return 0;
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0) return errno;
    if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < bytes) bytes = limit.rlim_max;
    limit.rlim_cur = bytes;
    return setrlimit(RLIMIT_AS, &limit) == 0 ? 0 : errno;
}
