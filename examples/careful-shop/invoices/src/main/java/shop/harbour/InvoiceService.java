package shop.harbour;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** Invoices of finished orders. */
public class InvoiceService {
    private final Connection connection;
    private final SecureRandom random = new SecureRandom();

    public InvoiceService(Connection connection) {
        this.connection = connection;
    }

    public ResultSet findByCustomer(String customer) throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement("SELECT * FROM invoices WHERE customer = ?");
        statement.setString(1, customer);
        return statement.executeQuery();
    }

    public Document readElectronicInvoice(InputStream xml)
            throws ParserConfigurationException, IOException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(xml);
    }

    public byte[] seal(byte[] invoice, SecretKey key) throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        random.nextBytes(nonce);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        return cipher.doFinal(invoice);
    }
}
