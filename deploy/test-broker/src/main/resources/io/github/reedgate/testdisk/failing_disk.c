/*
 * A disk that fails on demand, for one process: preloaded into it (LD_PRELOAD), this lets calls on chosen files fail. What
 * fails is said by a small file that both this process and its tester have mapped; see FailingDisk.java, which holds the
 * other end. Build: cc -shared -fPIC -O1 -o failing_disk.so failing_disk.c -ldl
 *
 * FAILING_DISK_FILE   the mapped file
 * FAILING_DISK_PATHS  part of the path of each file concerned
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { WRITE = 1, SYNC = 2, TRUNCATE = 4, OPEN = 8, READ = 16, REMOVE = 32, TORN = 64 };

/* Numbers of 32 bits in the order of FailingDisk.java. */
struct orders {
    int32_t kinds; /* which calls, a sum; 0: none */
    int32_t pass;  /* so many of them pass first */
    int32_t times; /* then so many fail; below 0: all */
    int32_t error; /* with this errno */
    int32_t seen;  /* how many calls of these kinds there were */
    int32_t failed;
};

static struct orders *orders;
static const char *part;

__attribute__((constructor)) static void begin(void)
{
    const char *file = getenv("FAILING_DISK_FILE");
    part = getenv("FAILING_DISK_PATHS");
    if (file == NULL || part == NULL) {
        return;
    }
    int fd = open(file, O_RDWR | O_CLOEXEC);
    void *map = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof(struct orders), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED) {
        fprintf(stderr, "failing_disk: %s can't be mapped: %s\n", file, strerror(errno));
        abort();
    }
    close(fd);
    __atomic_store_n(&orders, map, __ATOMIC_SEQ_CST);
}

/* The simulator's socket stands for wires, which don't fail with the disk. */
static int is_wire(const char *path)
{
    return strstr(path, "/.sims") != NULL || strstr(path, "/sim.sock") != NULL;
}

/* 1 if this call has to fail; errno is set then. */
static int fails(enum kind kind, const char *path)
{
    struct orders *now = __atomic_load_n(&orders, __ATOMIC_SEQ_CST);
    if (now == NULL || (__atomic_load_n(&now->kinds, __ATOMIC_SEQ_CST) & (int32_t) kind) == 0
        || strstr(path, part) == NULL || is_wire(path)) {
        return 0;
    }
    __atomic_add_fetch(&now->seen, 1, __ATOMIC_SEQ_CST);
    if (__atomic_sub_fetch(&now->pass, 1, __ATOMIC_SEQ_CST) >= 0) {
        return 0;
    }
    if (__atomic_load_n(&now->times, __ATOMIC_SEQ_CST) >= 0
        && __atomic_sub_fetch(&now->times, 1, __ATOMIC_SEQ_CST) < 0) {
        __atomic_store_n(&now->times, 0, __ATOMIC_SEQ_CST);
        return 0;
    }
    __atomic_add_fetch(&now->failed, 1, __ATOMIC_SEQ_CST);
    errno = now->error;
    return 1;
}

static int fd_fails(enum kind kind, int fd)
{
    struct orders *now = __atomic_load_n(&orders, __ATOMIC_SEQ_CST);
    if (now == NULL || (__atomic_load_n(&now->kinds, __ATOMIC_SEQ_CST) & (int32_t) kind) == 0) {
        return 0;
    }
    char link[64];
    char path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = '\0';
    return fails(kind, path);
}

/* The function of that name behind this one. */
#define NEXT(type, name) \
    static type next; \
    if (next == NULL) { \
        next = (type) dlsym(RTLD_NEXT, name); \
    }

typedef ssize_t (*write_call)(int, const void *, size_t);
typedef ssize_t (*pwrite_call)(int, const void *, size_t, off_t);
typedef ssize_t (*writev_call)(int, const struct iovec *, int);
typedef ssize_t (*read_call)(int, void *, size_t);
typedef ssize_t (*pread_call)(int, void *, size_t, off_t);
typedef int (*fd_call)(int);
typedef int (*truncate_call)(int, off_t);
typedef int (*path_call)(const char *);
typedef int (*mkdir_call)(const char *, mode_t);
typedef int (*rename_call)(const char *, const char *);
typedef int (*open_call)(const char *, int, ...);
typedef int (*openat_call)(int, const char *, int, ...);

ssize_t write(int fd, const void *bytes, size_t count)
{
    NEXT(write_call, "write")
    return fd_fails(WRITE, fd) ? -1 : next(fd, bytes, count);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    NEXT(writev_call, "writev")
    return fd_fails(WRITE, fd) ? -1 : next(fd, parts, count);
}

/* A torn write: half of it reaches the file, then the disk fails. */
static ssize_t place(pwrite_call next, int fd, const void *bytes, size_t count, off_t at)
{
    if (fd_fails(WRITE, fd)) {
        return -1;
    }
    if (fd_fails(TORN, fd)) {
        int error = errno;
        ssize_t half = next(fd, bytes, count / 2, at);
        (void) half;
        errno = error;
        return -1;
    }
    return next(fd, bytes, count, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at)
{
    NEXT(pwrite_call, "pwrite")
    return place(next, fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at)
{
    NEXT(pwrite_call, "pwrite64")
    return place(next, fd, bytes, count, at);
}

ssize_t read(int fd, void *bytes, size_t count)
{
    NEXT(read_call, "read")
    return fd_fails(READ, fd) ? -1 : next(fd, bytes, count);
}

ssize_t pread(int fd, void *bytes, size_t count, off_t at)
{
    NEXT(pread_call, "pread")
    return fd_fails(READ, fd) ? -1 : next(fd, bytes, count, at);
}

ssize_t pread64(int fd, void *bytes, size_t count, off_t at)
{
    NEXT(pread_call, "pread64")
    return fd_fails(READ, fd) ? -1 : next(fd, bytes, count, at);
}

int fsync(int fd)
{
    NEXT(fd_call, "fsync")
    return fd_fails(SYNC, fd) ? -1 : next(fd);
}

int fdatasync(int fd)
{
    NEXT(fd_call, "fdatasync")
    return fd_fails(SYNC, fd) ? -1 : next(fd);
}

int ftruncate(int fd, off_t length)
{
    NEXT(truncate_call, "ftruncate")
    return fd_fails(TRUNCATE, fd) ? -1 : next(fd, length);
}

int ftruncate64(int fd, off_t length)
{
    NEXT(truncate_call, "ftruncate64")
    return fd_fails(TRUNCATE, fd) ? -1 : next(fd, length);
}

int mkdir(const char *path, mode_t mode)
{
    NEXT(mkdir_call, "mkdir")
    return fails(OPEN, path) ? -1 : next(path, mode);
}

int rename(const char *from, const char *to)
{
    NEXT(rename_call, "rename")
    return fails(OPEN, to) ? -1 : next(from, to);
}

int unlink(const char *path)
{
    NEXT(path_call, "unlink")
    return fails(REMOVE, path) ? -1 : next(path);
}

static int is_for_writing(int flags)
{
    return (flags & (O_WRONLY | O_RDWR | O_CREAT)) != 0;
}

static mode_t mode_of(int flags, va_list more)
{
    return (flags & (O_CREAT | __O_TMPFILE)) != 0 ? (mode_t) va_arg(more, int) : 0;
}

#define OPEN_AS(name) \
    int name(const char *path, int flags, ...) \
    { \
        NEXT(open_call, #name) \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = mode_of(flags, more); \
        va_end(more); \
        return is_for_writing(flags) && fails(OPEN, path) ? -1 : next(path, flags, mode); \
    }

#define OPENAT_AS(name) \
    int name(int folder, const char *path, int flags, ...) \
    { \
        NEXT(openat_call, #name) \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = mode_of(flags, more); \
        va_end(more); \
        return is_for_writing(flags) && fails(OPEN, path) ? -1 : next(folder, path, flags, mode); \
    }

OPEN_AS(open)
OPEN_AS(open64)
OPENAT_AS(openat)
OPENAT_AS(openat64)
