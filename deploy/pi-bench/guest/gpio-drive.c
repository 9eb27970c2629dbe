/*
 * Drives a line of the simulated chip and logs CLOCK_MONOTONIC, which Java calls nanoTime, around each write.
 *
 *   gpio-drive now                               prints CLOCK_MONOTONIC in ns
 *   gpio-drive LINE edges N PERIOD_US LEVEL      N edges at fixed distances, the first to LEVEL (0 or 1)
 *   gpio-drive LINE bounce TIMES N SPAN_US GAP_US  TIMES trains of N toggles spread over SPAN_US, each followed by GAP_US of
 *                                                quiet; an odd N changes the level
 *
 * Prints a line "EDGE number level before after wall" for each edge: two times of CLOCK_MONOTONIC, one of the wall clock.
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
    if (argc != 6 && argc != 7)
        return 2;
    char path[100];
    snprintf(path, sizeof path, "/run/bench/chip/sim_gpio%s/pull", argv[1]);
    file = open(path, O_RDWR);
    if (file < 0) {
        perror(path);
        return 1;
    }
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
