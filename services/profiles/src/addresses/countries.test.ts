import { countries } from '@clientele/contracts'
import { countriesWithPhones } from '../contact-points/numbering-plans.js'

/** Ascension and Tristan da Cunha have telephones, and no code of ISO 3166-1. */
const outsideIso = ['AC', 'TA']
const withoutTelephones = ['AQ', 'BV', 'GS', 'HM', 'PN', 'TF', 'UM']

test('the codes of countries are those of all numbering plans, and of where nobody has a telephone', () => {
  const expected = [...countriesWithPhones().filter((code) => !outsideIso.includes(code)), ...withoutTelephones]
  expect([...countries]).toEqual(expected.toSorted())
  expect(countries.size).toBe(250)
})
