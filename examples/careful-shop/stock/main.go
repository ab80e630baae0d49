// Package main keeps count of what lies in the warehouse.
package main

import (
	"database/sql"
	"fmt"
	"log"
	"net/http"
	"time"
)

type warehouse struct {
	db *sql.DB
}

func (w *warehouse) count(out http.ResponseWriter, r *http.Request) {
	var amount int
	row := w.db.QueryRow("SELECT amount FROM stock WHERE article = $1", r.FormValue("article"))
	if err := row.Scan(&amount); err != nil {
		http.Error(out, "no such article", http.StatusNotFound)
		return
	}
	fmt.Fprintln(out, amount)
}

func main() {
	w := &warehouse{}
	mux := http.NewServeMux()
	mux.HandleFunc("/count", w.count)
	server := &http.Server{
		Addr:              ":8443",
		Handler:           mux,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      10 * time.Second,
	}
	log.Fatal(server.ListenAndServeTLS("/run/secrets/stock.pem", "/run/secrets/stock.key"))
}
