const SUBPROCESS =
  'Pass the program and its arguments as a list, without `shell=True`, and let no argument that comes from outside begin with a dash.';
const UNPICKLE =
  'Read data from outside with `json` or another format that cannot carry code. Where the format has to stay, check a signature (HMAC) before anything is loaded.';
const XML =
  'Parse XML from outside with the same function of `defusedxml`, which refuses entities and external references.';
const IMPORTED_XML =
  'Import the module of the same name from `defusedxml` wherever XML from outside is parsed.';
const PLAIN_TEXT_PROTOCOL =
  'Use a protocol that encrypts: SSH or SFTP, for instance with `paramiko` and known host keys, or HTTPS.';
const PASSWORD =
  'Take the password from the environment or from a secret store when the program starts, and change the one that stands in the code: the history keeps it.';
const HASH =
  'Use SHA-256 or better, and for passwords `hashlib.scrypt` or Argon2. Where the hash protects nothing, say so with `usedforsecurity=False`.';
const CIPHER =
  'Use AES in an authenticated mode (`AESGCM`) or `Fernet`, both of `cryptography`, and encrypt what is stored anew.';
const MARKUP =
  'Let the template escape the value, or build the markup with `format_html` (Django) or `Markup.format`, which escape their arguments. Mark as safe only what is a constant.';
const TLS_VERSION =
  'Make the context with `ssl.create_default_context()` and set `minimum_version` to `ssl.TLSVersion.TLSv1_2` or later.';
const SQL =
  'Leave the text of the query constant and pass the values as its parameters. Take names of tables and columns from a fixed list.';
const FULL_SHELL =
  'Run the program with `subprocess.run` and a list of arguments, so that no shell reads them; quote with `shlex.quote` where a shell is needed.';
const SWALLOWED =
  'Catch only the errors that are expected here, and log what was caught, so that an attack or a defect leaves a trace.';

/** What to do about what a test of bandit has found, by the test's id. Bandit itself only explains. */
export const BANDIT_REMEDIATIONS: ReadonlyMap<string, string> = new Map([
  [
    'B101',
    'Raise an error of its own where the condition protects something: `python -O` leaves assertions out.',
  ],
  [
    'B102',
    'Replace `exec` by a table of functions to choose from, or by a parser for the few things that the text may say.',
  ],
  [
    'B103',
    'Give rights to the owner, and to others only what they need: 0o600 for files with secrets, 0o700 for directories and programs.',
  ],
  [
    'B104',
    'Bind to 127.0.0.1, or to the one address that the service is meant for, and take it from the configuration.',
  ],
  ['B105', PASSWORD],
  ['B106', PASSWORD],
  [
    'B107',
    'Leave the parameter without a default, so that the caller has to pass a password, and change the one that stands in the code.',
  ],
  [
    'B108',
    'Let `tempfile` make the file or directory: its names cannot be foreseen, and nobody else can have put a link there.',
  ],
  ['B109', 'Register the option with `secret=True`, which keeps its value out of logs.'],
  ['B110', SWALLOWED],
  [
    'B111',
    'Start the program as the user that it is meant for, without a wrapper that runs as root.',
  ],
  ['B112', SWALLOWED],
  [
    'B113',
    'Pass `timeout=` with the seconds that a call may take: without it a server that keeps silent holds the program for ever.',
  ],
  [
    'B201',
    'Leave out `debug=True`, whose console lets whoever reaches it run code, and start the application with a WSGI server.',
  ],
  [
    'B202',
    'Call `extractall(filter="data")`, which refuses absolute paths, links out of the directory and special files.',
  ],
  ['B301', UNPICKLE],
  ['B302', UNPICKLE],
  ['B303', HASH],
  ['B304', CIPHER],
  ['B305', CIPHER],
  [
    'B306',
    'Use `tempfile.mkstemp` or `NamedTemporaryFile`, which open the file as they choose its name.',
  ],
  [
    'B307',
    'Use `ast.literal_eval` for values and a parser of your own for expressions; neither runs code.',
  ],
  ['B308', MARKUP],
  [
    'B309',
    'Pass a context of `ssl.create_default_context()`, or use `requests`: both check the certificate and the name in it.',
  ],
  [
    'B310',
    'Check that the address begins with `https://` before it is opened: `urlopen` also reads `file:` and `ftp:`.',
  ],
  [
    'B311',
    'Take tokens, keys and passwords from `secrets`. For simulations and games `random` may stay.',
  ],
  ['B312', PLAIN_TEXT_PROTOCOL],
  ...(['B313', 'B314', 'B315', 'B316', 'B317', 'B318', 'B319', 'B320'] as const).map(
    (id) => [id, XML] as const,
  ),
  ['B321', PLAIN_TEXT_PROTOCOL],
  [
    'B322',
    'Use `input` of Python 3 only: that of Python 2 runs what is typed. There it is `raw_input`.',
  ],
  [
    'B323',
    'Use `ssl.create_default_context()`. Add a certificate of your own with `load_verify_locations` instead of switching the check off.',
  ],
  ['B324', HASH],
  [
    'B325',
    'Use `tempfile.mkstemp` or `NamedTemporaryFile`, which open the file as they choose its name.',
  ],
  ['B401', PLAIN_TEXT_PROTOCOL],
  ['B402', PLAIN_TEXT_PROTOCOL],
  ['B403', UNPICKLE],
  [
    'B404',
    'Look at each call of the module: arguments belong in a list, without a shell, and the program is named by its full path.',
  ],
  ...(['B405', 'B406', 'B407', 'B408', 'B409', 'B410'] as const).map(
    (id) => [id, IMPORTED_XML] as const,
  ),
  [
    'B411',
    'Call `defusedxml.xmlrpc.monkey_patch()` before the module is used, or speak JSON instead of XML-RPC.',
  ],
  [
    'B412',
    'Serve the application through WSGI instead of CGI, or have the web server remove the header `Proxy` from requests.',
  ],
  ['B413', 'Replace the library, which nobody maintains any more, by `cryptography`.'],
  [
    'B415',
    'Keep IPMI within a network for administration: the protocol lets anybody fetch the hash of a password.',
  ],
  [
    'B501',
    'Leave out `verify=False`. For a certificate of your own name the file of its authority: `verify="ca.pem"`.',
  ],
  ['B502', TLS_VERSION],
  ['B503', TLS_VERSION],
  ['B504', TLS_VERSION],
  [
    'B505',
    'Make RSA keys with at least 3072 bits, or use Ed25519 or a curve of at least 256 bits.',
  ],
  ['B506', 'Use `yaml.safe_load`, which makes plain values and no objects.'],
  [
    'B507',
    'Load the known host keys and set `RejectPolicy`, so that a stranger in between is noticed.',
  ],
  ['B508', 'Use SNMPv3 with `UsmUserData`, which knows who is asking and encrypts.'],
  [
    'B509',
    'Give `UsmUserData` a key for authentication and one for privacy, with SHA-256 and AES.',
  ],
  [
    'B601',
    'Leave the command constant, or quote each value with `shlex.quote` before it is sent to the other machine.',
  ],
  ['B602', SUBPROCESS],
  [
    'B603',
    'Check where the arguments come from: fixed ones are fine, others are held against a list of what is allowed.',
  ],
  ['B604', 'Call the function without `shell=True`, with a list of arguments.'],
  ['B605', FULL_SHELL],
  [
    'B606',
    'Check that program and arguments are fixed, or held against a list of what is allowed.',
  ],
  [
    'B607',
    'Name the program by its full path, so that nobody can put another one in front of it in PATH.',
  ],
  ['B608', SQL],
  [
    'B609',
    'List the files with `glob` and pass them after `--`: a file whose name begins with a dash is taken for an option.',
  ],
  [
    'B610',
    'Use expressions of the ORM (`annotate`, `F`, `Func`) instead of `extra`, or pass the values in `params`.',
  ],
  ['B611', 'Leave the SQL constant and pass the values in the `params` of `RawSQL`.'],
  [
    'B612',
    'Pass a `verify` function to `logging.config.listen` that checks a signature: whoever can connect may run code with a configuration.',
  ],
  [
    'B613',
    'Remove the characters that change the direction of text: what reviewers see there is not what Python runs.',
  ],
  ['B614', 'Pass `weights_only=True` to `torch.load`, or keep weights as `safetensors`.'],
  [
    'B615',
    'Pass `revision=` with the hash of a commit that somebody has looked at, so that nobody can exchange what is loaded.',
  ],
  ['B701', 'Make the environment with `autoescape=select_autoescape()`, or `autoescape=True`.'],
  [
    'B702',
    "Give the template `default_filters=['h']`, which escapes HTML, or use an engine that does so by itself.",
  ],
  ['B703', MARKUP],
  ['B704', MARKUP],
]);
