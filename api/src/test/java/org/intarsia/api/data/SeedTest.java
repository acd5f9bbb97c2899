package org.intarsia.api.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SeedTest {

    private static final Seed ROOT = Seed.of(1);

    /// These keys are part of every result that was ever computed: a change here changes all of them.
    @Test
    void keepsItsStreamsForEver() {
        assertThat(Seed.of(0).key()).isEqualTo(0xe220a8397b1dcdafL);
        assertThat(ROOT.key()).isEqualTo(0x910a2dec89025cc1L);
        assertThat(ROOT.stream("init").key()).isEqualTo(0x5107b6684b9f8f08L);
        assertThat(ROOT.stream("init").stream("head.weight").key()).isEqualTo(0xb1c5f200dc9b11cfL);
        assertThat(ROOT.stream("batches").at(17).key()).isEqualTo(0xc860613530806928L);
    }

    @Test
    void givesTheSameNumbersForTheSameNames() {
        assertThat(ROOT.stream("a").stream("b")).isEqualTo(Seed.of(1).stream("a").stream("b"));
        assertThat(ROOT.stream("a").generator().nextLong()).isEqualTo(Seed.of(1).stream("a").generator().nextLong());
    }

    @Test
    void tellsNamesAndTheirOrderApart() {
        assertThat(ROOT.stream("a").stream("b")).isNotEqualTo(ROOT.stream("b").stream("a"))
                .isNotEqualTo(ROOT.stream("ab"));
        assertThat(ROOT.stream("")).isNotEqualTo(ROOT);
        assertThat(ROOT.stream("1")).isNotEqualTo(ROOT.at(1));
    }

    @Test
    void hasNoTwoEqualStreamsAmongMany() {
        Set<Seed> seeds = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            seeds.add(ROOT.at(i));
            seeds.add(ROOT.stream("" + i));
            seeds.add(Seed.of(i).stream("init"));
        }
        assertThat(seeds).hasSize(30_000);
    }

    @Test
    void givesNeighbouringSeedsUnrelatedNumbers() {
        int differing = 0;
        for (int i = 0; i < 1000; i++) {
            differing += Long.bitCount(Seed.of(i).generator().nextLong() ^ Seed.of(i + 1).generator().nextLong());
        }
        assertThat(differing / 1000.0).isBetween(31.5, 32.5);
    }

    @Test
    void startsEveryGeneratorAtTheStart() {
        RandomGenerator first = ROOT.generator();
        long number = first.nextLong();
        assertThat(first.nextLong()).isNotEqualTo(number);
        assertThat(ROOT.generator().nextLong()).isEqualTo(number);
    }
}
