import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import javax.script.ScriptEngine;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLInputFactory;
import org.springframework.expression.spel.standard.SpelExpressionParser;

class Injection {
    void statements(Connection connection, String name) throws Exception {
        Statement statement = connection.createStatement();
        // ruleid: securescan.java.sql-string-concatenation
        statement.executeQuery("SELECT * FROM customers WHERE name = '" + name + "'");
        String text = String.format("DELETE FROM orders WHERE name = '%s'", name);
        // ruleid: securescan.java.sql-string-concatenation
        statement.executeUpdate(text);
        // ok: securescan.java.sql-string-concatenation
        PreparedStatement prepared = connection.prepareStatement("SELECT * FROM customers WHERE name = ?");
        prepared.setString(1, name);
        // ok: securescan.java.sql-string-concatenation
        statement.executeQuery("SELECT id " + "FROM orders");
    }

    void commands(String name) throws Exception {
        // ruleid: securescan.java.command-from-string
        Runtime.getRuntime().exec("convert " + name);
        // ruleid: securescan.java.command-from-string
        new ProcessBuilder("/bin/sh", "-c", name).start();
        // ok: securescan.java.command-from-string
        new ProcessBuilder("convert", name, "out.png").start();
        // ok: securescan.java.command-from-string
        Runtime.getRuntime().exec("uptime");
    }

    DocumentBuilderFactory careless() {
        // ruleid: securescan.java.xml-external-entities
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        return factory;
    }

    XMLInputFactory carelessStream() {
        // ruleid: securescan.java.xml-external-entities
        XMLInputFactory factory = XMLInputFactory.newFactory();
        return factory;
    }

    DocumentBuilderFactory careful() throws Exception {
        // ok: securescan.java.xml-external-entities
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory;
    }

    Object read(InputStream input) throws Exception {
        ObjectInputStream stream = new ObjectInputStream(input);
        // ruleid: securescan.java.object-deserialization
        return stream.readObject();
    }

    Object readFiltered(InputStream input, ObjectInputFilter filter) throws Exception {
        ObjectInputStream stream = new ObjectInputStream(input);
        stream.setObjectInputFilter(filter);
        // ok: securescan.java.object-deserialization
        return stream.readObject();
    }

    Object evaluate(ScriptEngine engine, String formula) throws Exception {
        SpelExpressionParser parser = new SpelExpressionParser();
        // ruleid: securescan.java.expression-evaluation
        Object first = parser.parseExpression(formula).getValue();
        // ruleid: securescan.java.expression-evaluation
        Object second = engine.eval(formula);
        // ok: securescan.java.expression-evaluation
        Object third = parser.parseExpression("items.size()").getValue();
        return new Object[] {first, second, third};
    }
}
