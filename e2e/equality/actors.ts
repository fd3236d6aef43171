import { demoUsers } from '@clientele/embedded'
import type { TestActor } from '@clientele/testkit'

export const tenants = ['acme', 'globex', 'initech'] as const
export type Tenant = (typeof tenants)[number]

const sales = demoUsers.find(({ name }) => name === 'sales')!.subject

/** Every role, several at once and none; the whole tree, parts of it and nothing. */
const parts: readonly Omit<TestActor, 'tenant'>[] = [
  { roles: ['admin'], subject: 'root' },
  { roles: ['admin'], subject: 'root' },
  { roles: ['manager'], subject: 'ann', territories: ['emea'] },
  { roles: ['manager'], subject: 'li', territories: ['apac/cn/华东', 'amer'] },
  { roles: ['manager'], subject: 'all' },
  { roles: ['sales'], subject: sales, territories: ['emea/de'] },
  { roles: ['sales'], subject: sales, territories: [] },
  { roles: ['sales'], subject: 'nobody', territories: ['emea/fr', 'apac'] },
  { roles: ['service'], subject: 'sue' },
  { roles: ['analyst'], subject: '王小明' },
  { roles: ['privacy_officer'], subject: 'pat' },
  { roles: ['service_account'] },
  { roles: ['segmentation_account'] },
  { roles: ['partner'] },
  { roles: ['sales', 'analyst'], subject: sales, territories: ['emea'] },
  { roles: ['manager', 'privacy_officer'], subject: 'ann', territories: ['apac'] },
  { roles: ['service', 'sales'], subject: sales, territories: [] },
  { roles: [], subject: 'new' },
]

const of = (tenant: Tenant) => parts.map((part): TestActor => ({ ...part, tenant }))
export const actors: Record<Tenant, readonly TestActor[]> = {
  acme: of('acme'),
  globex: of('globex'),
  initech: of('initech'),
}
