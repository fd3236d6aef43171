/*
 * In which order and with which marks countries write the parts of an address: lines (A), city (C), region (S), postal code (Z), country (R). A
 * bar begins a new line. The letters are libaddressinput's, whose data this is made of.
 *
 * Source: github.com/google/libaddressinput, cpp/src/region_data_constants.cc at 502e9196 (2025-06-05); its data stand under CC BY 4.0.
 * Changed: parts without a place got one, on a line of their own; names and codes of countries within lines are gone; the lines of CI and GN stand by
 * themselves; the marks between city, region and postal code of BR, CA and IN, and the line of a Spanish province, are those of
 * github.com/OpenCageData/address-formatting (MIT).
 */
const formats = {
  'A|Z C|S':
    'AD AR AT AX AZ BA BE BG BL CH CL CV CY CZ DE DK DO DZ EH ES ET FI FO FR GE GF GL GN GP GR GW HR HT IS KG KW LA LI LR LU MA MC MD ME MF MG MK MQ MY MZ NC NE NL NO PL PM PT PY RE RS SE SI SJ SK SM SN TJ TM TN TZ UZ VA WF XK YT ZM',
  'A|Z C S': 'EE IT LT PF UY',
  'A|Z C/S': 'TR',
  'A|Z C, S': 'MX',
  'A|Z, C|S': 'BY',
  'A|Z S C': 'RO',
  'A|Z-C|S': 'SV',
  'A|Z- C|S': 'GT',
  'A|Z|C|S': 'AL AM EC MU OM',
  'A|Z|C, S': 'NI',
  'A|C Z|S': 'BH BM BN BT GU IL JO KH LB LS MT MV NG NP NZ PE SA SG VC',
  'A|C - Z|S': 'BD IN',
  'A|C-Z|S': 'PK',
  'A|C, Z|S': 'MM',
  'A|C Z S': 'PG',
  'A|C Z, S': 'VE',
  'A|C S Z': 'AS AU CC CX FM HM MH MP NF PR PW UM VI',
  'A|C, S Z': 'BB CA SO TW US',
  'A|C, S, Z': 'CO',
  'A|C, S|Z': 'BS HN IQ JP KN',
  'A|C S|Z': 'CU',
  'A|C - S|Z': 'BR',
  'A|C|S Z': 'ID KY MN TH VN',
  'A|C|Z S': 'PH',
  'A|C|S, Z': 'CN KP',
  'A|S, C|Z': 'CR',
  'A|S|C|Z': 'KI',
  'A|S|C, Z': 'LV',
  'C|S|A|Z': 'HU',
  'S|C|A|Z': 'IR',
  'Z|S|C|A': 'KZ',
}

/** The same in Chinese, Japanese and Korean characters: from the country down to the house. */
const topDownFormats = {
  'Z|RSC|A': 'CN TW',
  '〒Z|RSC|A': 'JP',
  'R S C|A|Z': 'KR',
  'Z|R|S|C|A': 'KP',
  'R|S|C|A|Z': 'HK MO',
}

/** Of the countries that are not named above, and where nothing is known of the country: nothing shares a line. */
const plain = 'A|C|S|Z'

const byCountry = (given: Readonly<Record<string, string>>) =>
  new Map(Object.entries(given).flatMap(([format, countries]) => countries.split(' ').map((code) => [code, format])))

const known = byCountry(formats)
const topDown = byCountry(topDownFormats)

/** The format of a country in East Asian characters, if it has one; else in others. The country comes last unless the format places it. */
export const formatOf = (country: string | undefined, isEastAsian: boolean): string => {
  const own = (isEastAsian ? topDown.get(country ?? '') : undefined) ?? known.get(country ?? '') ?? plain
  return own.includes('R') ? own : `${own}|R`
}
