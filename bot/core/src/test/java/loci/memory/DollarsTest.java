package loci.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DollarsTest {

    @ParameterizedTest
    @CsvSource({
        "0, $0",
        "0.000000000000, $0",
        "5, $5",
        "20.0, $20",
        "1000, $1000",
        "3.5, $3.50",
        "1.2345, $1.23",
        "0.01, $0.01",
        "0.004, $0.0040",
        "0.00044, $0.00044",
        "0.000000123456, $0.00000012",
    })
    void amountsAreShownToTheCentAndBelowItToTwoDigits(BigDecimal amount, String shown) {
        assertThat(Dollars.shown(amount)).isEqualTo(shown);
    }
}
