import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

class Web {
    private final Path uploads = Path.of("/srv/uploads");

    void files(HttpServletRequest request, MultipartFile upload) throws Exception {
        String name = request.getParameter("name");
        // ruleid: securescan.java.path-traversal
        new File("/srv/invoices", name).delete();
        // ruleid: securescan.java.path-traversal
        upload.transferTo(Paths.get("/srv/uploads/" + upload.getOriginalFilename()));
        // ok: securescan.java.path-traversal
        new File("/srv/invoices", Paths.get(name).getFileName().toString()).delete();
        // ok: securescan.java.path-traversal
        Files.readString(uploads.resolve("index.txt"));
    }

    @GetMapping("/preview")
    String preview(@RequestParam String address) throws Exception {
        // ruleid: securescan.java.server-side-request-forgery
        URL url = new URL(address);
        // ok: securescan.java.server-side-request-forgery
        URL rates = new URL("https://rates.test/today");
        return url.getHost() + rates.getHost();
    }

    void redirects(HttpServletRequest request, HttpServletResponse response) throws Exception {
        // ruleid: securescan.java.open-redirect
        response.sendRedirect(request.getParameter("next"));
        // ok: securescan.java.open-redirect
        response.sendRedirect("/account?of=" + request.getParameter("name"));
    }

    void pages(HttpServletRequest request, HttpServletResponse response) throws Exception {
        // ruleid: securescan.java.reflected-html
        response.getWriter().println("<h1>" + request.getParameter("q") + "</h1>");
        // ok: securescan.java.reflected-html
        response.getWriter().println("<h1>" + Encode.forHtml(request.getParameter("q")) + "</h1>");
    }

    void security(HttpSecurity http) throws Exception {
        // ruleid: securescan.java.spring-csrf-disabled
        http.csrf(csrf -> csrf.disable());
        // ok: securescan.java.spring-csrf-disabled
        http.csrf(csrf -> csrf.ignoringRequestMatchers("/webhook"));
    }

    void cookies(HttpServletResponse response) {
        Cookie cookie = new Cookie("session", "17");
        // ruleid: securescan.java.cookie-without-protection
        cookie.setHttpOnly(false);
        // ok: securescan.java.cookie-without-protection
        cookie.setSecure(true);
        response.addCookie(cookie);
    }
}
