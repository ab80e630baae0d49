package examples

import (
	"archive/zip"
	"database/sql"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
)

func statements(db *sql.DB, name string) {
	// ruleid: securescan.go.sql-string-formatting
	db.Query("SELECT * FROM customers WHERE name = '" + name + "'")
	statement := fmt.Sprintf("DELETE FROM orders WHERE name = '%s'", name)
	// ruleid: securescan.go.sql-string-formatting
	db.Exec(statement)
	// ok: securescan.go.sql-string-formatting
	db.Query("SELECT * FROM customers WHERE name = ?", name)
	// ok: securescan.go.sql-string-formatting
	fmt.Println(fmt.Sprintf("update %s", name))
}

func commands(name string) {
	// ruleid: securescan.go.shell-command-from-string
	exec.Command("sh", "-c", "convert "+name).Run()
	// ok: securescan.go.shell-command-from-string
	exec.Command("convert", name, "out.png").Run()
	// ok: securescan.go.shell-command-from-string
	exec.Command("sh", "-c", "df -h | sort").Run()
}

func files(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	// ruleid: securescan.go.path-traversal
	os.ReadFile("/srv/invoices/" + name)
	// ruleid: securescan.go.path-traversal
	http.ServeFile(w, r, filepath.Join("/srv/manuals", r.FormValue("manual")))
	// ok: securescan.go.path-traversal
	os.ReadFile(filepath.Join("/srv/invoices", filepath.Base(name)))
	// ok: securescan.go.path-traversal
	os.ReadFile("/srv/invoices/index.txt")
}

func preview(w http.ResponseWriter, r *http.Request) {
	// ruleid: securescan.go.server-side-request-forgery
	http.Get(r.FormValue("url"))
	// ok: securescan.go.server-side-request-forgery
	http.Get("https://rates.test/today?for=" + url.QueryEscape(r.FormValue("currency")))
}

func signIn(w http.ResponseWriter, r *http.Request) {
	// ruleid: securescan.go.open-redirect
	http.Redirect(w, r, r.URL.Query().Get("next"), http.StatusFound)
	// ok: securescan.go.open-redirect
	http.Redirect(w, r, "/account?of="+r.FormValue("name"), http.StatusFound)
}

func search(w http.ResponseWriter, r *http.Request) {
	term := r.FormValue("q")
	// ruleid: securescan.go.reflected-html
	fmt.Fprintf(w, "<h1>%s</h1>", term)
	// ok: securescan.go.reflected-html
	fmt.Fprintf(w, "<h1>%s</h1>", html.EscapeString(term))
	report, _ := exec.Command("report", term).Output()
	// ok: securescan.go.reflected-html
	w.Write(report)
	// ok: securescan.go.reflected-html
	fmt.Fprintf(os.Stderr, "searched %s", term)
}

func unpack(archive *zip.ReadCloser) {
	for _, entry := range archive.File {
		// ruleid: securescan.go.archive-extraction
		os.Create(filepath.Join("/srv/import", entry.Name))
	}
	for _, entry := range archive.File {
		if !filepath.IsLocal(entry.Name) {
			continue
		}
		// ok: securescan.go.archive-extraction
		os.Create(filepath.Join("/srv/import", entry.Name))
	}
}
