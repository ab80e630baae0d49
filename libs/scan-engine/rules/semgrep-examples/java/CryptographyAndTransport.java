import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.X509TrustManager;

class CryptographyAndTransport {
    void ciphers() throws Exception {
        // ruleid: securescan.java.weak-cipher
        Cipher.getInstance("AES/ECB/PKCS5Padding");
        // ruleid: securescan.java.weak-cipher
        Cipher.getInstance("DES");
        // ok: securescan.java.weak-cipher
        Cipher.getInstance("AES/GCM/NoPadding");
    }

    void digests() throws Exception {
        // ruleid: securescan.java.weak-hash
        MessageDigest.getInstance("MD5");
        // ok: securescan.java.weak-hash
        MessageDigest.getInstance("SHA-256");
    }

    void keys(byte[] stored) {
        // ruleid: securescan.java.hardcoded-encryption-key
        new SecretKeySpec("harbour".getBytes(), "AES");
        // ok: securescan.java.hardcoded-encryption-key
        new SecretKeySpec(stored, "AES");
    }

    void randomValues() {
        Random random = new Random();
        // ruleid: securescan.java.insecure-random-token
        String resetToken = Long.toHexString(random.nextLong());
        // ok: securescan.java.insecure-random-token
        int banner = random.nextInt(4);
        // ok: securescan.java.insecure-random-token
        String sessionToken = Long.toHexString(new SecureRandom().nextLong());
    }

    void connections(HttpsURLConnection connection) {
        // ruleid: securescan.java.trust-all-certificates
        connection.setHostnameVerifier((host, session) -> true);
        // ok: securescan.java.trust-all-certificates
        connection.setHostnameVerifier((host, session) -> host.equals("pay.test"));
    }

    static class TrustEverybody implements X509TrustManager {
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        // ruleid: securescan.java.trust-all-certificates
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    static class TrustTheShop implements X509TrustManager {
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        // ok: securescan.java.trust-all-certificates
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            chain[0].checkValidity();
        }

        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
