package shop.harbour;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** Invoices of finished orders. */
public class InvoiceService {
    private final Connection connection;

    public InvoiceService(Connection connection) {
        this.connection = connection;
    }

    public ResultSet findByCustomer(String customer) throws SQLException {
        Statement statement = connection.createStatement();
        return statement.executeQuery("SELECT * FROM invoices WHERE customer = '" + customer + "'");
    }

    public Document readElectronicInvoice(InputStream xml)
            throws ParserConfigurationException, IOException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        return factory.newDocumentBuilder().parse(xml);
    }

    public Object restoreDraft(InputStream saved) throws IOException, ClassNotFoundException {
        ObjectInputStream stream = new ObjectInputStream(saved);
        return stream.readObject();
    }

    public byte[] seal(byte[] invoice, SecretKey key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return cipher.doFinal(invoice);
    }
}
