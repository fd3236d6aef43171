import { startAcceptance } from '../platform/platform.js'
import { analystDay } from './analyst.day.js'
import { openCompany } from './company.js'
import { acme, globex } from './cultures.js'
import { itDay } from './it.day.js'
import { managerDay } from './manager.day.js'
import { officerDay } from './officer.day.js'
import { salesDay } from './sales.day.js'
import { serviceDay } from './service.day.js'

const platform = await startAcceptance()

describe.each([acme, globex])('$tenant, in $language', (culture) => {
  const company = openCompany(platform, culture)
  describe('IT sets the company up', () => itDay(company))
  describe('somebody sells', () => salesDay(company))
  describe('somebody helps', () => serviceDay(company))
  describe('somebody leads', () => managerDay(company))
  describe('somebody counts', () => analystDay(company))
  describe('somebody guards privacy', () => officerDay(company))
})
