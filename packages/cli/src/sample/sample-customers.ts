import type { Industry, SizeBand } from '@clientele/contracts'
import { samplePeople } from './sample-people.js'
import { subjectOf } from './sample-staff.js'

/** The system that the sample's records name as their origin; by it they are found again. */
export const sampleSystem = 'sample'

interface Placed {
  territory: string
  ownerId?: string
  tags: string[]
}

const person = (
  externalId: string,
  [familyName, givenName]: [string, string],
  details: { gender: 'FEMALE' | 'MALE'; birthDate: string; occupation: string },
  [email, phone]: [string, string],
  [city, country]: [string, string],
  rest: Placed,
) => ({
  externalId,
  kind: 'PERSON' as const,
  person: { familyName, givenName, ...details },
  contactPoints: [
    { kind: 'EMAIL', value: email },
    { kind: 'MOBILE', value: phone },
  ],
  addresses: [{ kind: 'HOME', city, country }],
  source: 'sample',
  ...rest,
})

const organization = (
  externalId: string,
  legalName: string,
  details: { industry: Industry; sizeBand: SizeBand; registrationNumber?: string },
  [contact, role, email]: [string, string, string],
  address: { lines: string[]; city: string; postalCode: string; country: string },
  rest: Placed,
) => ({
  externalId,
  kind: 'ORGANIZATION' as const,
  organization: { legalName, ...details },
  contactPeople: [{ name: contact, role, contactPoints: [{ kind: 'EMAIL', value: email }] }],
  contactPoints: [{ kind: 'EMAIL', value: email }],
  addresses: [{ kind: 'MAIN', ...address }],
  source: 'sample',
  ...rest,
})

/**
 * Made-up customers in Chinese and English: twenty people and six organisations, in the territories of the demo users,
 * enough of China and of Germany to be counted by country and age.
 * Of the first, whom `manager` and `sales` reach, every service knows something.
 */
export const sampleCustomers = [
  person(
    'p-zhang-wei',
    ['张', '伟'],
    { gender: 'MALE', birthDate: '1985-04-12', occupation: '工程师' },
    ['zhang.wei@example.com', '+8613800138000'],
    ['Düsseldorf', 'DE'],
    { territory: 'emea/de', ownerId: subjectOf('sales'), tags: ['VIP', '重点客户'] },
  ),
  person(
    'p-li-na',
    ['李', '娜'],
    { gender: 'FEMALE', birthDate: '1991-09-30', occupation: '设计师' },
    ['li.na@example.com', '+8613912345678'],
    ['北京', 'CN'],
    { territory: 'apac/cn/华北', tags: ['线上'] },
  ),
  person(
    'p-wang-fang',
    ['王', '芳'],
    { gender: 'FEMALE', birthDate: '1978-01-20', occupation: '医生' },
    ['wang.fang@example.com', '+8613712345678'],
    ['广州', 'CN'],
    { territory: 'apac/cn/华南', tags: ['VIP'] },
  ),
  person(
    'p-chen-jie',
    ['陈', '杰'],
    { gender: 'MALE', birthDate: '2000-06-01', occupation: '学生' },
    ['chen.jie@example.com', '+8613612345678'],
    ['成都', 'CN'],
    { territory: 'apac/cn', tags: [] },
  ),
  person(
    'p-emma-clarke',
    ['Clarke', 'Emma'],
    { gender: 'FEMALE', birthDate: '1977-11-05', occupation: 'Architect' },
    ['emma.clarke@example.com', '+447911123456'],
    ['London', 'GB'],
    { territory: 'emea/uk', ownerId: subjectOf('sales-fr'), tags: ['VIP'] },
  ),
  person(
    'p-daniel-reed',
    ['Reed', 'Daniel'],
    { gender: 'MALE', birthDate: '1969-03-17', occupation: 'Teacher' },
    ['daniel.reed@example.com', '+12025550123'],
    ['Washington', 'US'],
    { territory: 'amer/us', tags: [] },
  ),
  person(
    'p-sofia-keller',
    ['Keller', 'Sofia'],
    { gender: 'FEMALE', birthDate: '1995-07-22', occupation: 'Nurse' },
    ['sofia.keller@example.com', '+4915123456789'],
    ['Hamburg', 'DE'],
    { territory: 'emea/de', ownerId: subjectOf('sales'), tags: ['Newsletter'] },
  ),
  person(
    'p-omar-haddad',
    ['Haddad', 'Omar'],
    { gender: 'MALE', birthDate: '1974-12-02', occupation: 'Chef' },
    ['omar.haddad@example.com', '+33612345678'],
    ['Lyon', 'FR'],
    { territory: 'emea/fr', tags: [] },
  ),
  person(
    'p-anna-lehmann',
    ['Lehmann', 'Anna'],
    { gender: 'FEMALE', birthDate: '1973-08-14', occupation: 'Carpenter' },
    ['anna.lehmann@example.com', '+4915223456789'],
    ['Berlin', 'DE'],
    { territory: 'emea/de', tags: ['Newsletter'] },
  ),
  person(
    'p-jonas-weber',
    ['Weber', 'Jonas'],
    { gender: 'MALE', birthDate: '1999-02-26', occupation: 'Student' },
    ['jonas.weber@example.com', '+4915223456790'],
    ['München', 'DE'],
    { territory: 'emea/de', tags: [] },
  ),
  organization(
    'o-huaxing',
    '华星电子科技有限公司',
    { industry: 'MANUFACTURING', sizeBand: 'FROM_250', registrationNumber: '91310000SAMPLE001X' },
    ['刘洋', '采购经理', 'purchasing@huaxing.example'],
    { lines: ['浦东新区张江路 88 号'], city: '上海', postalCode: '201203', country: 'CN' },
    { territory: 'apac/cn/华东', ownerId: subjectOf('sales-cn'), tags: ['VIP', '批发'] },
  ),
  organization(
    'o-qinghe',
    '青禾食品有限公司',
    { industry: 'TRADE', sizeBand: 'FROM_50_TO_249' },
    ['赵敏', '总经理', 'office@qinghe.example'],
    { lines: ['西湖区文三路 12 号'], city: '杭州', postalCode: '310012', country: 'CN' },
    { territory: 'apac/cn/华东', tags: ['批发'] },
  ),
  organization(
    'o-northgate',
    'Northgate Logistics Ltd',
    { industry: 'TRANSPORT', sizeBand: 'FROM_50_TO_249' },
    ['Priya Shah', 'Head of Procurement', 'procurement@northgate.example'],
    { lines: ['4 Quay Street'], city: 'Manchester', postalCode: 'M3 3JE', country: 'GB' },
    { territory: 'emea/uk', tags: ['Wholesale', 'VIP'] },
  ),
  organization(
    'o-lindenhof',
    'Lindenhof Hotels GmbH',
    { industry: 'HOSPITALITY', sizeBand: 'FROM_50_TO_249' },
    ['Jonas Weber', 'Facility Manager', 'einkauf@lindenhof.example'],
    { lines: ['Lindenallee 7'], city: 'Berlin', postalCode: '10115', country: 'DE' },
    { territory: 'emea/de', tags: ['Wholesale'] },
  ),
  organization(
    'o-brightpath',
    'Brightpath Schools Inc.',
    { industry: 'EDUCATION', sizeBand: 'FROM_10_TO_49' },
    ['Grace Kim', 'Office Manager', 'office@brightpath.example'],
    { lines: ['120 Elm Avenue'], city: 'Portland', postalCode: '97201', country: 'US' },
    { territory: 'amer/us', tags: [] },
  ),
  organization(
    'o-atelier-nord',
    'Atelier Nord SARL',
    { industry: 'MANUFACTURING', sizeBand: 'FROM_10_TO_49' },
    ['Camille Laurent', 'Gérante', 'bonjour@ateliernord.example'],
    { lines: ['18 rue des Tanneurs'], city: 'Lille', postalCode: '59800', country: 'FR' },
    { territory: 'emea/fr', ownerId: subjectOf('sales-fr'), tags: ['Newsletter'] },
  ),
  ...samplePeople,
]
