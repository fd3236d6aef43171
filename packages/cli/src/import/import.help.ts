import { fileLimits } from './files/file-limits.js'

export const importHelp = `clientele import customers FILE --map MAP [options]
clientele import purchases FILE [--lines FILE] --map MAP [options]
clientele import rates FILE [--source CODE] [--base CUR] [options]

Imports a CSV file through the API of a running platform: every row is checked and every change is an event.
Importing the same file again changes nothing. A row that is not accepted stops nothing: it is written to the
error file with its line, column and reason; correct it there and import that file. The error file has the columns,
delimiter and line ends of FILE and is UTF-8 with a byte order mark. What it tells of a row stands in columns of its own,
clientele_line and so on, which are not read again.

A record is as the file has it in all that the mapping names: where a cell is empty now, the field is cleared, and contact points, addresses or
contact people that the file no longer has are removed. What the mapping does not name stays as it is.

Customers and purchases are imported by the roles admin and manager, rates by admin.
Somebody whose access scope is less than the whole tenant, like the demo manager, imports into their own territories:
a customer elsewhere is not accepted (customer.out_of_scope), and one whose row names neither owner nor territory becomes their own.

  --map MAP        mapping from columns to fields (YAML), see below
  --lines FILE     lines of the purchases in a file of their own
  --dry-run        check everything, change nothing
  --errors FILE    error file, default FILE.errors.csv
  --encoding E     instead of what is told from the file: UTF-8, UTF-16, GB18030 and GBK, Big5, Shift_JIS, windows-1252. A byte
                   order mark in the file counts for more, and what is UTF-8 beyond doubt is not read as anything else. What was
                   taken is always printed; where it is in doubt, nothing is imported and the candidates are named
  --delimiter D    comma, semicolon or tab, instead of what is told from the header or from a first line like sep=;
  --json           one JSON summary on standard output
  --as NAME        demo user of the embedded platform, default manager; for rates admin
  --url U          a gateway elsewhere, default CLIENTELE_URL, else the embedded platform of CLIENTELE_HOME
  --token T        its access token, default CLIENTELE_TOKEN, else of who has signed in (clientele login)

A row takes at most ${fileLimits.row} characters and a cell ${fileLimits.cell}; a file ${fileLimits.bytes / 1024 ** 3} GiB unpacked, and gzip may unpack to
${fileLimits.ratio} times its size. Memory does not grow with the file; keys and waiting rows go to a temporary file (TMPDIR).
What the API says of a row is in the language of the locale (LC_ALL, LANG): Chinese or English.

FILE may be gzip. Exit code: 0 all accepted, 3 some rows refused, 1 failed, 2 used wrongly, 130 stopped by Ctrl-C.

Mapping
  system: northwind                    what the file comes from; with externalId it is the key of a record
  format:                              optional
    nulls: ["NULL"]                    texts that stand for an empty cell
    delimiter: auto                    comma, semicolon, tab
    encoding: auto
  rows:                                fields of a customer or purchase, as in the API's CustomerImportRow, PurchaseImportRow
    externalId: { column: customerID }
    kind: ORGANIZATION                 a constant
    organization.legalName: { column: companyName, transform: trim }
    contactPoints:                     a list; an entry whose columns are empty is left out
      - { kind: PHONE, value: { column: phone }, country: { column: country } }
    tags: { column: Tags, split: ";" } a cell with several values
  lines:                               purchases only
    key: InvoiceNo                     the column that the lines of a purchase share;
                                       { file: …, lines: … } where it differs in the lines file
    fields: { sku: { column: StockCode }, … }

Mappings of real files to begin with: packages/cli/examples (northwind-customers.yaml, northwind-orders.yaml, online-retail.yaml).

A column may have a default: text for an empty cell, and one transform or a list of them:
  trim, lower, upper                   
  integerText                          "17850.0" to "17850"; not "1.000", which may be a thousand
  decimal: { point: ",", group: "." }  "1.234,50" to "1234.50"; groups have three digits: not "19.99", not "1.5"
  date: { format: "yyyy-MM-dd HH:mm:ss", zone: Europe/Berlin, twice: refuse }   with tokens yyyy MM M dd d HH H mm ss SSS;
                                       twice says what a time means that comes twice when clocks are put back: earlier,
                                       later, or refuse (the default); a time that clocks skip is always refused.
                                       Without hours it is the first moment of the day, midnight or not
  map: { f: FEMALE, m: MALE, "*": OTHER }              "*" is everything else
  startsWith: { text: C, yes: CANCELLATION, no: SALE }
  part: { of: " ", at: 1 }             the first part between blanks; -1 is the last
  prefix: text, suffix: text

Exchange rates need no mapping. FILE has the columns base, quote, day, rate; or it is one of the European Central Bank, eurofxref.csv or
eurofxref-hist.csv: a row a day with a column per currency, against --base (EUR). Rates of a day that are there are corrected.
  --source CODE    where they come from, default ecb or file

Where all rows of a purchase stand in one file, its first row says who bought and when. One refused line
refuses its whole purchase: all its rows are in the error file.`
