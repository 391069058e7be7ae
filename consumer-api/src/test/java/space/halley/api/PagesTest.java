package space.halley.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static space.halley.api.sample.PublicLogSample.bennuSpectrum;
import static space.halley.api.sample.PublicLogSample.marsImage;
import static space.halley.api.sample.PublicLogSample.reference;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import space.halley.api.sample.PublicLogSample;
import space.halley.domain.ContextReference.Role;

/** The pages in a real browser; skipped where Chromium is not installed. */
final class PagesTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final String HOSTILE = "<img src=x onerror=\"document.title='broken in'\"><script>alert(1)</script>";

    private static Playwright playwright;
    private static Browser browser;

    private final PublicLogSample log = new PublicLogSample(3);
    private final List<String> problems = new ArrayList<>();
    private ApiFixture api;
    private Page page;

    @BeforeAll
    static void openBrowser() {
        assumeThat(CHROMIUM)
                .as("Chromium is not installed at " + CHROMIUM + "; the pages are not tested")
                .matches(Files::isExecutable);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    @AfterAll
    static void closeBrowser() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        api = new ApiFixture(folder);
        page = browser.newPage();
        page.setDefaultTimeout(15_000);
        page.onPageError(problems::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                problems.add(message.text());
            }
        });
        page.onDialog(dialog -> {
            problems.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
    }

    @AfterEach
    void close() throws Exception {
        page.close();
        api.close();
        assertThat(problems).isEmpty();
    }

    @Test
    void findsAProductAndShowsIt() throws Exception {
        log.released(marsImage("urn:nasa:pds:a:b:star.bd+36_2593'[x]::1.0", "An image"));
        log.released(bennuSpectrum("urn:nasa:pds:a:b:spectrum::1.0", "A spectrum"));
        api.follow(log);

        page.navigate(api.address() + "/");
        assertThat(page.locator("#total")).hasText("2 products");
        page.getByLabel("Target", new Page.GetByLabelOptions().setExact(true)).fill("mars");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Search"))
                .click();
        assertThat(page.locator("#total")).hasText("1 product");
        assertThat(page).hasURL(api.address() + "/?target=mars");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("An image"))
                .first()
                .click();

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("An image");
        assertThat(page.locator("code.id")).hasText("urn:nasa:pds:a:b:star.bd+36_2593'[x]::1.0");
        assertThat(page.locator("table")).containsText("image.img");
        assertThat(page.locator(".citation")).containsText("An image, version 1.0");
    }

    @Test
    void showsAReleaseWhenItHappens() throws Exception {
        log.announced(
                "urn:nasa:pds:a:b:soon::1.0",
                Instant.parse("2200-01-01T00:00:00Z"),
                reference(Role.TARGET, "Mars", null));
        api.follow(log);
        page.navigate(api.address() + "/");
        assertThat(page.locator("#connection")).hasText("live");
        assertThat(page.locator("#upcoming .countdown")).containsText(" d ");
        var height = page.locator(".live").boundingBox().height;

        log.released(marsImage("urn:nasa:pds:a:b:soon::1.0", "Now it is public"));
        api.follow(log);

        assertThat(page.locator("#newest li").first()).containsText("Now it is public");
        assertThat(page.locator("#announcer")).hasText("Released: Now it is public");
        assertThat(page.locator("#upcoming .countdown")).hasCount(0);
        assertThat(page.locator(".live").boundingBox().height).isEqualTo(height);
    }

    @Test
    void takesForeignTextForText() throws Exception {
        log.released(marsImage("urn:nasa:pds:a:b:hostile::1.0", HOSTILE));
        api.follow(log);

        page.navigate(api.address() + "/");
        assertThat(page.locator("#products h3")).hasText(HOSTILE);
        page.locator("#products h3 a").click();

        assertThat(page.locator("h1")).hasText(HOSTILE);
        assertThat(page.locator("main img")).hasCount(0);
        assertThat(page).hasTitle(HOSTILE + " – Halley");
    }

    @Test
    void showsMoreWithoutRepeating() throws Exception {
        for (int i = 0; i < 45; i++) {
            log.released(marsImage("urn:nasa:pds:a:b:p" + i + "::1.0", "Image " + i));
        }
        api.follow(log);
        page.navigate(api.address() + "/");
        assertThat(page.locator("#products > li")).hasCount(20);
        var more = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show more"));

        more.click();
        assertThat(page.locator("#products > li")).hasCount(40);
        more.click();

        assertThat(page.locator("#products > li")).hasCount(45);
        assertThat(more).isHidden();
        assertThat(page.locator("#products code").allTextContents()).doesNotHaveDuplicates();
    }

    @Test
    void fitsAPhone() throws Exception {
        log.released(marsImage(
                "urn:nasa:pds:" + "a".repeat(60) + ":" + "b".repeat(60) + ":" + "c".repeat(60) + "::1.0",
                "x".repeat(300)));
        api.follow(log);
        page.setViewportSize(390, 800);
        page.navigate(api.address() + "/");
        assertThat(page.locator("#products > li")).hasCount(1);
        page.getByText("More filters and order").click();

        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo(true);

        page.locator("#products h3 a").click();
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo(true);
    }
}
