package org.intarsia.runner.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Kind;
import org.intarsia.runner.registry.Registry;
import org.junit.jupiter.api.Test;

class CompanyTest {

    private static final Registry REGISTRY = Registry.load();

    @Test
    void noTwoConfigurationsAreAlike() {
        List<Variant> variants = Company.variants(REGISTRY, Shape.parse("A8"));

        assertThat(variants).hasSize(Company.SIZE).doesNotHaveDuplicates();
        assertThat(variants).extracting(Variant::name).doesNotHaveDuplicates();
    }

    @Test
    void everyComponentKeepsCompany() {
        List<Variant> variants = Company.variants(REGISTRY, Shape.parse("A8"));

        for (Kind<?> kind : List.of(Kind.EMBEDDING, Kind.POSITION, Kind.LOSS)) {
            assertThat(variants).flatExtracting(Variant::assignments)
                    .containsAll(REGISTRY.names(kind).stream().map(name -> kind.key() + "=" + name).toList());
        }
    }

    @Test
    void theRatioIsThatOfTheSpeeds() {
        assertThat(new Company("slower in company", 9, 10).ratio()).isEqualTo(0.9);
    }

    @Test
    void aFreshJvmRunsACommand() {
        assertThat(FreshJvm.run(List.of("components", "loss"))).contains("loss: losses");
    }

    @Test
    void aMistakeIsOneInAFreshJvmToo() {
        assertThatThrownBy(() -> FreshJvm.run(List.of("bench", "--shape", "A9"))).isInstanceOf(UserError.class)
                .hasMessage("there is no shape \"A9\"; did you mean \"A2\"?");
    }
}
