package org.intarsia.positional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.IntStream;
import org.intarsia.api.component.InvalidSettingException;
import org.junit.jupiter.api.Test;

final class T5Test {

    /// The distances at which a bucket of the published model begins, from 16 on: ⌈16·8^(k/16)⌉, k = 0 … 15.
    @Test
    void bucketsBeginWhereThePublishedOnesDo() {
        int[] begins = IntStream.range(0, 1000)
                .filter(d -> d == 0 || Buckets.logarithmic(d, 32, 128) > Buckets.logarithmic(d - 1, 32, 128)).toArray();

        assertThat(begins).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 19, 21, 24, 27, 31,
                35, 40, 46, 52, 59, 67, 77, 87, 99, 113);
        assertThat(Buckets.logarithmic(113, 32, 128)).isEqualTo(31);
        assertThat(Buckets.logarithmic(999, 32, 128)).isEqualTo(31);
    }

    @Test
    void fewBucketsByHand() {
        assertThat(IntStream.range(0, 10).map(d -> Buckets.logarithmic(d, 4, 8))).containsExactly(0, 1, 2, 2, 3, 3, 3,
                3, 3, 3);
        assertThat(IntStream.range(0, 10).map(d -> Buckets.logarithmic(d, 5, 16))).containsExactly(0, 1, 2, 2, 3, 3, 3,
                3, 4, 4);
    }

    @Test
    void addsTheNumberOfTheHeadAndBucket() {
        Pairs pairs = new Pairs(5, 2, 1);
        T5 encoding = new T5.Factory().create(new T5.Config(4, 8), pairs.shape());

        double[] scores = pairs.scores(encoding, Map.of("weight", new double[] {1, 2, 3, 4, 50, 60, 70, 80}));

        assertThat(scores).containsExactly(
                1, 1, 1, 1, 1,
                2, 1, 1, 1, 1,
                3, 2, 1, 1, 1,
                3, 3, 2, 1, 1,
                4, 3, 3, 2, 1,
                50, 50, 50, 50, 50,
                60, 50, 50, 50, 50,
                70, 60, 50, 50, 50,
                70, 70, 60, 50, 50,
                80, 70, 70, 60, 50);
    }

    @Test
    void rejectsBucketsThatCannotBe() {
        assertThatThrownBy(() -> new T5.Config(1, 128)).isInstanceOfSatisfying(InvalidSettingException.class,
                e -> assertThat(e.setting()).isEqualTo("buckets")).hasMessage("must be at least 2, not 1");
        assertThatThrownBy(() -> new T5.Config(32, 16)).isInstanceOfSatisfying(InvalidSettingException.class,
                e -> assertThat(e.setting()).isEqualTo("maxDistance"))
                .hasMessage("must be above 16, the number of buckets that hold one distance each, not 16");
    }
}
