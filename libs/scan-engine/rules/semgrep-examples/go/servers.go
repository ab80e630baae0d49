package examples

import (
	"net/http"
	// ruleid: securescan.go.profiler-exposed
	_ "net/http/pprof"
	// ok: securescan.go.profiler-exposed
	"os"
	"time"
)

func start(mux http.Handler) {
	// ruleid: securescan.go.http-server-without-timeouts
	http.ListenAndServe(":8080", mux)
	// ruleid: securescan.go.http-server-without-timeouts
	careless := &http.Server{Addr: ":8080", Handler: mux}
	// ok: securescan.go.http-server-without-timeouts
	careful := &http.Server{Addr: ":8080", Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	_, _ = careless, careful
}

func cookies(w http.ResponseWriter) {
	// ruleid: securescan.go.cookie-without-protection
	http.SetCookie(w, &http.Cookie{Name: "session", Value: "17"})
	// ruleid: securescan.go.cookie-without-protection
	http.SetCookie(w, &http.Cookie{Name: "basket", Value: "17", Secure: false})
	// ok: securescan.go.cookie-without-protection
	http.SetCookie(w, &http.Cookie{Name: "session", Value: "17", HttpOnly: true, Secure: true})
	// ok: securescan.go.cookie-without-protection
	http.SetCookie(w, &http.Cookie{Name: "language", Value: "en"})
}

func files(data []byte) {
	// ruleid: securescan.go.world-writable-file
	os.WriteFile("/srv/export.csv", data, 0666)
	// ok: securescan.go.world-writable-file
	os.WriteFile("/srv/export.csv", data, 0o600)
}
