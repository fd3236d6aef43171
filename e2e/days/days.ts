import { analystDay } from './analyst.day.js'
import { openCompany, type Platform } from './company.js'
import { acme, globex } from './cultures.js'
import { itDay } from './it.day.js'
import { managerDay } from './manager.day.js'
import { officerDay } from './officer.day.js'
import { atCommandLine } from './operator.js'
import { salesDay } from './sales.day.js'
import { serviceDay } from './service.day.js'

/** A day of each role in two companies, by the operations that a frontend would send. */
export const describeDays = async (platform: Platform) => {
  const clientele = await atCommandLine(platform)

  describe.each([acme, globex])('$tenant, in $language', (culture) => {
    const company = openCompany(platform, culture)
    describe('IT sets the company up', () => itDay(company))
    describe('somebody sells', () => salesDay(company))
    describe('somebody helps', () => serviceDay(company))
    describe('somebody leads', () => managerDay(company))
    describe('somebody counts', () => analystDay(company))
    describe('somebody guards privacy', () => officerDay(company))
  })

  describe('IT closes the day at the command line', () => {
    test('nothing that happened is stuck', async () => {
      expect(await clientele('deadletters', 'list')).toEqual({ code: 0, lines: [[]] })
    })

    test('nobody has changed the audit log of either company', async () => {
      const { code, lines } = await clientele('audit', 'verify')
      expect(code).toBe(0)
      expect(lines.map(({ tenant }) => tenant)).toEqual(expect.arrayContaining(['acme', 'globex']))
    })

    test('each company has keys of its own', async () => {
      const { code, lines } = await clientele('keys', 'list')
      expect(code).toBe(0)
      expect(JSON.stringify(lines)).toMatch(/acme[\s\S]*globex/)
    })
  })
}
