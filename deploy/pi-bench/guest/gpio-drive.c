/*
 * Drives a line of the simulated chip and logs CLOCK_MONOTONIC, which Java calls nanoTime, around each write.
 *
 *   gpio-drive now                               prints CLOCK_MONOTONIC in ns
 *   gpio-drive LINE edges N PERIOD_US LEVEL      N edges at fixed distances, the first to LEVEL (0 or 1)
 *   gpio-drive LINE changes N LIMIT_MS           waits for N changes of the level that an output has; ends with 1 if they did not
 *                                                come in time
 *   gpio-drive LINE stays LEVEL MS               ends with 1 if the output has another level, or gets one within that time
 *   gpio-drive LINE bounce TIMES N SPAN_US GAP_US  TIMES trains of N toggles spread over SPAN_US, each followed by GAP_US of
 *                                                quiet; an odd N changes the level
 *
 * Prints a line "EDGE number level before after wall" for each edge: two times of CLOCK_MONOTONIC, one of the wall clock; and
 * a line "CHANGE level after-ms" for each change. gpio-sim tells no changes of an output, so it is looked at every 5 ms, which
 * misses no flash that a person can see. Run it ahead of all other processes, or it may be kept from looking.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MOST 1000000

static struct edge {
    long long before, after;
    int level;
} edges[MOST];
static int count;
static int file;

static long long read_clock(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static long long now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

static void sleep_until(long long nanos)
{
    struct timespec t = { nanos / 1000000000LL, nanos % 1000000000LL };
    if (nanos > now())
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

static void drive(int level)
{
    const char *pull = level ? "pull-up" : "pull-down";
    if (count == MOST) {
        fprintf(stderr, "too many edges\n");
        exit(2);
    }
    struct edge *edge = &edges[count++];
    edge->level = level;
    edge->before = now();
    if (pwrite(file, pull, strlen(pull), 0) < 0) {
        perror("write");
        exit(1);
    }
    edge->after = now();
}

static int level(void)
{
    char value = 0;
    if (pread(file, &value, 1, 0) != 1) {
        perror("read");
        exit(1);
    }
    return value == '1';
}

/* Follows an output for so long, or until so many changes; returns how many there were. */
static int changes(int most, long long limit_ms)
{
    int seen = 0, last = level();
    long long start = now(), end = start + limit_ms * 1000000;
    for (long long at = start; seen < most && at < end; at += 5000000) {
        sleep_until(at);
        if (level() != last) {
            last = !last;
            seen++;
            printf("CHANGE %d %lld\n", last, (now() - start) / 1000000);
        }
    }
    return seen;
}

static int is_up(void)
{
    char pull[16] = { 0 };
    if (pread(file, pull, sizeof pull - 1, 0) < 0) {
        perror("read");
        exit(1);
    }
    return strncmp(pull, "pull-up", 7) == 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "now") == 0) {
        printf("%lld\n", now());
        return 0;
    }
    if (argc < 5 || argc > 7)
        return 2;
    int follows = argc == 5;
    char path[100];
    snprintf(path, sizeof path, "/run/bench/chip/sim_gpio%s/%s", argv[1], follows ? "value" : "pull");
    file = open(path, follows ? O_RDONLY : O_RDWR);
    if (file < 0) {
        perror(path);
        return 1;
    }
    if (argc == 5 && strcmp(argv[2], "changes") == 0)
        return changes(atoi(argv[3]), atoll(argv[4])) < atoi(argv[3]);
    if (argc == 5 && strcmp(argv[2], "stays") == 0)
        return level() != atoi(argv[3]) || changes(1, atoll(argv[4])) > 0;
    long long at = now() + 1000000;
    if (argc == 6 && strcmp(argv[2], "edges") == 0) {
        int level = atoi(argv[5]);
        for (int i = 0; i < atoi(argv[3]); i++, level = !level, at += atoll(argv[4]) * 1000) {
            sleep_until(at);
            drive(level);
        }
    } else if (argc == 7 && strcmp(argv[2], "bounce") == 0) {
        int toggles = atoi(argv[4]), level = !is_up();
        long long span = atoll(argv[5]) * 1000, gap = atoll(argv[6]) * 1000;
        for (int train = 0; train < atoi(argv[3]); train++, at += span + gap)
            for (int i = 0; i < toggles; i++, level = !level) {
                sleep_until(at + (toggles > 1 ? span * i / (toggles - 1) : 0));
                drive(level);
            }
    } else
        return 2;
    long long wall = read_clock(CLOCK_REALTIME) - now();
    for (int i = 0; i < count; i++)
        printf("EDGE %d %d %lld %lld %lld\n", i, edges[i].level, edges[i].before, edges[i].after, edges[i].before + wall);
    return 0;
}
