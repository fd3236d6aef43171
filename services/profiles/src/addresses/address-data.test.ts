import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseAllDocuments } from 'yaml'
import { addressOf, type Components } from '../../fixture/opencage.js'
import { formatOf } from './address-formats.js'
import { countryCode } from './country.js'
import { formatAddress } from './format-address.js'
import { writtenPostalCode } from './postal-code.js'

const data = process.env.CLIENTELE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url))
const folder = `${data}/addresses`
const isThere = existsSync(folder)
if (!isThere) console.info(`The data sets of addresses are not in ${folder}: set CLIENTELE_DATA to test with them.`)
const testWithData = isThere ? test : test.skip

interface Country {
  key: string
  fmt?: string
  lfmt?: string
  zipex?: string
  sub_keys?: string
  sub_names?: string
}
const file = `${folder}/libaddressinput_country_formats.json`
const known: Country[] = isThere ? JSON.parse(readFileSync(file, 'utf8')).filter(({ key }: Country) => key) : []

const codes = new Map(
  known.map(({ key, sub_names: names = '', sub_keys: keys = '' }) => {
    const ofRegions = keys.split('~')
    return [key, new Map(names.split('~').map((name, at) => [name.toLowerCase(), ofRegions[at]]))]
  }),
)
const codeOf = (country: string, region: string) => codes.get(country)?.get(region.toLowerCase())

interface Case {
  name: string
  country: string
  components: Components
  expected: string[]
}

/** The cases of a file, numbered as they stand there. */
const casesIn = (name: string): Case[] =>
  parseAllDocuments(readFileSync(`${folder}/opencage_testcases/${name}`, 'utf8'))
    .map((document) => document.toJS())
    .filter((one) => one?.components)
    .map(({ components, expected }, at) => ({
      name: `${name.replace('.yaml', '')} ${at + 1}`,
      country: components.country_code.toUpperCase(),
      components: Object.fromEntries(Object.entries(components).map(([key, value]) => [key.trim(), String(value)])),
      expected: expected
        .trim()
        .split('\n')
        .map((line: string) => line.trim()),
    }))

const cases = isThere ? readdirSync(`${folder}/opencage_testcases`).toSorted().flatMap(casesIn) : []

/** The lines, with the country as its code: an address of ours has no other word for a country that we know. */
const told = (lines: readonly string[]) => [...lines.slice(0, -1), countryCode(lines.at(-1)) ?? lines.at(-1)]

const isMet = ({ components, expected }: Case) =>
  JSON.stringify(told(formatAddress({ ...addressOf(components, codeOf), countryName: null }))) ===
  JSON.stringify(told(expected))

/** What OpenCage does with its components beyond writing them down, and an address of ours is not changed by. */
const beyond = {
  'a text is shortened, corrected or given a code: "Free State of Bavaria", "City of Nottingham", "Provincia di Treviso"':
    [
      ...['at 2', 'de 3', 'de 4', 'de 6', 'de 13', 'fr 13', 'gb 6', 'gb 9', 'gb 15'],
      ...['ie 1', 'ie 5', 'it 4', 'it 5', 'it 6', 'it 7', 'us 8', 'us 9', 'us 11', 'us 14'],
    ],
  'a city within a city, or a region beside a county: an address of ours has one of each': [
    ...['br 4', 'gb 2', 'gb 4', 'gb 13', 'gb 16', 'ie 4'],
  ],
  'one or none of several postal codes is taken': ['de 14', 'es 3', 'fr 2'],
  'the country is another one than its code says: Curaçao, of the Netherlands': [
    ...['fr 4', 'fr 5', 'fr 6', 'fr 8', 'nl 3', 'nl 4'],
  ],
  'what looks like a note of whoever drew the map is left out': ['pl 2'],
}

testWithData('places that OpenCage knows are written as it writes them, but for what it changes about them', () => {
  expect(cases.length).toBeGreaterThan(130)
  const unmet = cases.filter((one) => !isMet(one)).map(({ name }) => name)
  console.info(`${cases.length - unmet.length} of ${cases.length} of OpenCage's test cases are met`)
  expect(unmet.toSorted()).toEqual(Object.values(beyond).flat().toSorted())
})

/** Where the current data of libaddressinput, which ours are made of, say something else than the data set. */
const newer = ['BY', 'CR', 'GU', 'KG', 'MN', 'PH', 'RU', 'UA']
/** There the lines stand between postal code and city, on one line. */
const besides = ['GN']

testWithData('the parts are in the order that libaddressinput has, in both scripts', () => {
  const partsOf = (format: string) => [...format.matchAll(/%([ACSZ])/g)].map(([, part]) => part!)
  const differing = known.flatMap(({ key, fmt, lfmt = fmt }) =>
    [fmt, lfmt].flatMap((format, at) => {
      if (!format) return []
      const parts = partsOf(format)
      const own = [...formatOf(key, at === 0)].filter((letter) => parts.includes(letter))
      return own.join('') === parts.join('') ? [] : [key]
    }),
  )
  expect(known.length).toBeGreaterThan(200)
  expect([...new Set(differing)].toSorted()).toEqual([...newer, ...besides].toSorted())
})

testWithData('postal codes that libaddressinput gives as examples are told from their letters and digits alone', () => {
  const restored = known.flatMap(({ key, zipex = '' }) =>
    zipex.split(',').flatMap((code) => {
      const written = writtenPostalCode(code.replaceAll(/[ -]/g, ''), key)
      return /[ -]/.test(written) ? [{ key, code, written }] : []
    }),
  )
  expect(restored.length).toBeGreaterThan(40)
  // Of Sweden they have none with its blank.
  const wrong = restored.filter(({ key, code, written }) => written !== code && key !== 'SE')
  expect(wrong).toEqual([])
})
