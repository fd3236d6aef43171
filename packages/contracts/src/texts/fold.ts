/** Looks like an apostrophe in names of one script or another: O'Neil, O’Neil, O`Neil, Hawaiʻi, Ру́днєв. */
const apostrophes =
  /['`´\u02b9\u02bb-\u02bf\u02c8\u0384\u055a\u05f3\u1fbd\u1fbf\u1fef\u1ffd\u1ffe\u2018-\u201b\u2032\u2035\ua78b\ua78c\uff07]/gu
const dashes = /[\u2010-\u2015\u2043\u2212\ufe58\ufe63]/gu
const quotes = /[«»\u201c-\u201f\u2033\u2036\u2039\u203a\u300c-\u300f]/gu
/** Stands between the parts of a name written in Chinese or Japanese. */
const middleDots = /[\u2022\u2027\u2219\u22c5\u30fb]/gu
/** What an input method for Chinese or Japanese writes for a point, as in an e-mail address. */
const fullStops = /\u3002/gu

/** Accents and points of alphabets that are read without them; the signs of kana and of Indian scripts are letters and stay. */
const accents =
  /(?![\u3099\u309a])(?=\p{Mn})[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Cyrillic}]|\u0640/gu

/**
 * Letters that Unicode does not take apart, as they are written where there is no such key, and letters of Arabic script that differ by
 * language and keyboard only. Migration 0015 of profiles folds the latter in what was stored before: a letter more needs another.
 */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ȷ: 'j',
  ĸ: 'k',
  ŋ: 'n',
  ŧ: 't',
  ƒ: 'f',
  ɨ: 'i',
  ʉ: 'u',
  ə: 'e',
  ς: 'σ',
  ی: 'ي',
  ى: 'ي',
  ک: 'ك',
  ة: 'ه',
  ہ: 'ه',
  ۃ: 'ه',
  ە: 'ه',
}
const special = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu')
const katakana = /[\u30a1-\u30f6\u30fd\u30fe]/gu

const plain = /^[a-z0-9@.,_+()/-]+(?: [a-z0-9@.,_+()/-]+)*$/

/**
 * The form in which texts are searched. Case, accents, width, ligatures and the kind of apostrophe, dash, quote, point, blank, digit, kana,
 * and Arabic yeh, kaf and heh do not count; apostrophes are left out. `Łódź` is `lodz`, `O’Neil` is `oneil`, `Straße` is `strasse`, `ｱﾅ` is
 * `あな`, `علی` is `علي`. It knows letters, not languages: `張偉` and `张伟`, `Müller` and `Mueller`, `Ærø` and `Aeroe` stay different. Folding
 * twice changes nothing more. Not for showing or storing.
 */
export const foldText = (text: string): string =>
  plain.test(text)
    ? text
    : asciiDigits(text.normalize('NFD').replace(apostrophes, '').normalize('NFKD'))
        .replace(apostrophes, '')
        .replace(accents, '')
        .toLowerCase()
        .replace(accents, '')
        .replace(special, (letter) => letters[letter]!)
        .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
        .replace(dashes, '-')
        .replace(quotes, '"')
        .replace(middleDots, '·')
        .replace(fullStops, '.')
        .normalize('NFC')
        .replace(katakana, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
        .replace(/\p{White_Space}+/gu, ' ')
        .trim()

/** The text with the decimal digits of every script as `0` to `9`. */
export const asciiDigits = (text: string): string =>
  text.replace(/(?![0-9])\p{Nd}/gu, (digit) => String(digitValue(digit.codePointAt(0)!)))

// Unicode has the digits of a script in one run, from zero to nine.
const digitValue = (codePoint: number) => {
  let zero = codePoint
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return (codePoint - zero) % 10
}
