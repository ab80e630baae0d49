package examples

import (
	"crypto/des"
	"crypto/md5"
	cryptorand "crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"math/rand"

	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/crypto/ssh"
)

func connections() {
	// ruleid: securescan.go.tls-verification-disabled
	careless := &tls.Config{InsecureSkipVerify: true}
	// ruleid: securescan.go.tls-outdated-version
	old := &tls.Config{MinVersion: tls.VersionTLS10}
	// ok: securescan.go.tls-verification-disabled
	// ok: securescan.go.tls-outdated-version
	careful := &tls.Config{MinVersion: tls.VersionTLS12}
	_, _, _ = careless, old, careful
}

func hosts(key ssh.PublicKey) {
	// ruleid: securescan.go.ssh-host-key-not-checked
	careless := &ssh.ClientConfig{HostKeyCallback: ssh.InsecureIgnoreHostKey()}
	// ok: securescan.go.ssh-host-key-not-checked
	careful := &ssh.ClientConfig{HostKeyCallback: ssh.FixedHostKey(key)}
	_, _ = careless, careful
}

func digests(data []byte) {
	// ruleid: securescan.go.weak-hash
	md5.Sum(data)
	// ok: securescan.go.weak-hash
	sha256.Sum256(data)
}

func ciphers(key []byte) {
	// ruleid: securescan.go.weak-cipher
	des.NewCipher(key)
	// ok: securescan.go.weak-cipher
	aes.NewCipher(key)
}

func randomValues(banners []string) {
	// ruleid: securescan.go.insecure-random-token
	resetToken := rand.Int63()
	// ok: securescan.go.insecure-random-token
	sessionToken := cryptorand.Text()
	// ok: securescan.go.insecure-random-token
	banner := banners[rand.Intn(len(banners))]
	_, _, _ = resetToken, sessionToken, banner
}

func newPassword(letters string) string {
	out := make([]byte, 12)
	for i := range out {
		// ruleid: securescan.go.insecure-random-token
		out[i] = letters[rand.Intn(len(letters))]
	}
	return string(out)
}

func tokens(text string, key jwt.Keyfunc) {
	// ruleid: securescan.go.jwt-verification-disabled
	jwt.NewParser().ParseUnverified(text, jwt.MapClaims{})
	// ok: securescan.go.jwt-verification-disabled
	jwt.Parse(text, key, jwt.WithValidMethods([]string{"HS256"}))
}
