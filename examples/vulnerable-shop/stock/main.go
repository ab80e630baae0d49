// Package main keeps count of what lies in the warehouse.
package main

import (
	"crypto/tls"
	"database/sql"
	"fmt"
	"log"
	"net/http"
	"os/exec"
)

type warehouse struct {
	db *sql.DB
}

func (w *warehouse) count(out http.ResponseWriter, r *http.Request) {
	query := fmt.Sprintf("SELECT amount FROM stock WHERE article = '%s'", r.FormValue("article"))
	var amount int
	if err := w.db.QueryRow(query).Scan(&amount); err != nil {
		http.Error(out, "no such article", http.StatusNotFound)
		return
	}
	fmt.Fprintln(out, amount)
}

func (w *warehouse) export(out http.ResponseWriter, r *http.Request) {
	report, err := exec.Command("sh", "-c", "stock-report --month "+r.FormValue("month")).Output()
	if err != nil {
		http.Error(out, "no report", http.StatusInternalServerError)
		return
	}
	out.Header().Set("Content-Type", "text/csv")
	out.Write(report)
}

func main() {
	http.DefaultTransport.(*http.Transport).TLSClientConfig = &tls.Config{InsecureSkipVerify: true}
	w := &warehouse{}
	http.HandleFunc("/count", w.count)
	http.HandleFunc("/export", w.export)
	log.Fatal(http.ListenAndServe(":8443", nil))
}
