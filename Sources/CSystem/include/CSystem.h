/// Calls of Linux that the C library does not wrap, or whose arguments Swift cannot pass.
#ifndef OPENSCAN_SYSTEM_H
#define OPENSCAN_SYSTEM_H

#include <stdint.h>
#include <sys/types.h>

/// Opens a path below the folder behind a descriptor; a link anywhere in the path is refused, by the kernel in one step.
/// - Returns: a descriptor, or -1 with `errno`: ENOSYS where the kernel (or what filters its calls) has no openat2.
int openscan_open_beneath(int folder, const char *path, int flags);

/// The flag of `open` for a folder that is only a place to open other things from; it needs no right to list it.
int openscan_place_only(void);

/// Starts a program whose standard input and output are a socket to this one.
/// - Parameter channel: set to this side of the socket.
/// - Returns: its process id, or the negative error number.
pid_t openscan_start(const char *path, char *const arguments[], int *channel);

/// The same for another program, found on the PATH, with an environment of its own and nothing to say on standard error.
pid_t openscan_start_other(const char *name, char *const arguments[], char *const environment[], int *channel);

/// Bounds the address space of this process, and ends it when the one that started it ends.
/// - Parameter bytes: 0 for no bound.
/// - Returns: 0, or an error number.
int openscan_be_worker(uint64_t bytes);

#endif
