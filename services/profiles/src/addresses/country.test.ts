import { countryCode } from './country.js'

test.each([
  ['de', 'DE'],
  ['Germany', 'DE'],
  ['deutschland', 'DE'],
  ['德国', 'DE'],
  ['中国', 'CN'],
  [' U.S.A. ', 'US'],
  ['USA', 'US'],
  ['UK', 'GB'],
  ['EIRE', 'IE'],
  ['RSA', 'ZA'],
  ['Czech Republic', 'CZ'],
  ['Venezuela', 'VE'],
  ['مصر', 'EG'],
  ['Antarctica', 'AQ'],
  ['The Netherlands', 'NL'],
  ['EU', undefined],
  ['ZZ', undefined],
  ['Channel Islands', undefined],
  ['', undefined],
  [null, undefined],
])('%s is %s', (written, code) => {
  expect(countryCode(written)).toBe(code)
})
