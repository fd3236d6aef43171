/** A person who can sign in at the development issuer and, for local use, in the Keycloak realm. */
export interface DemoUser {
  /** What one types: unique over all tenants. */
  name: string
  /** The `sub` of every token of this person (UUID). */
  subject: string
  tenant: string
  roles: string[]
  /** Paths below `/territories`, for example `emea/de`; the empty path is the whole tree. */
  territories: string[]
  displayName: string
}

/** Every demo user's password. It is no secret: demo users exist on this machine only. */
export const DEMO_PASSWORD = 'clientele-demo'

const EVERYWHERE = ''

/** Everybody there is at the start: in `acme` one per role, two sales people more and a second manager; in `globex` three to try the border between tenants. */
export const demoUsers: readonly DemoUser[] = [
  user('admin', '6004105d-00cf-4a5e-8b49-7715d58e42d2', 'acme', 'admin', [], 'Ada Lindqvist'),
  user('manager', 'd9ffbb13-5415-4895-8372-b4fe8ea749ff', 'acme', 'manager', ['emea'], 'Marta Kowalska'),
  user('manager-cn', 'b1d20e3c-6a4c-4f5f-9d0e-2c1a7f0c9e55', 'acme', 'manager', ['apac/cn'], '王海燕'),
  user('sales', 'c233a863-b943-4e76-a754-4ec66cf9f4f7', 'acme', 'sales', ['emea/de'], 'Samuel Osei'),
  user('sales-fr', '40dbffa2-83e6-484b-b6ec-1e507491806c', 'acme', 'sales', ['emea/fr', 'emea/uk'], 'Jeanne Becker'),
  user('sales-cn', 'f19b8110-4bbc-4252-9a5f-714e99c60e38', 'acme', 'sales', ['apac/cn/华东'], '陈晓雨'),
  user('service', 'd8c09db7-db6b-4f1c-aace-6c9b505b1bfd', 'acme', 'service', [EVERYWHERE], 'Noor Haddad'),
  user('analyst', 'b0bc6ef7-aead-4dac-b47c-93db3c0238c8', 'acme', 'analyst', [], 'Ravi Menon'),
  user('privacy_officer', '7f06d975-9bc6-47a1-aaf4-ce6fbb91c7d4', 'acme', 'privacy_officer', [], 'Ingrid Solberg'),
  user('globex-admin', '7c9a5d2e-4b1f-4f0c-8d53-91e0b6a3c8f4', 'globex', 'admin', [], '周立'),
  user('globex-manager', '28287e4b-82a5-41aa-b8ae-8a4e142da861', 'globex', 'manager', [EVERYWHERE], '林国栋'),
  user('globex-sales', 'f3766ebb-07af-4435-9180-f1806da7bc3b', 'globex', 'sales', ['apac/cn'], '赵敏'),
]

function user(name: string, subject: string, tenant: string, role: string, territories: string[], displayName: string) {
  return { name, subject, tenant, roles: [role], territories, displayName }
}

/** A program that signs in by client credentials. */
export interface DemoClient {
  /** The OAuth client id. */
  id: string
  /** The `sub` of its tokens (UUID). */
  subject: string
  /** `*` is every tenant: such a client names one with each request. */
  tenant: string
  roles: string[]
  /** The OAuth scopes that it may ask for. */
  scopes: string[]
  /** How it proves who it is: by a secret, or by a signature with a key of its own (private_key_jwt). */
  proof: 'secret' | 'key'
}

const services = ['profiles', 'interactions', 'surveys', 'segmentation', 'integrations']

/** The services' own accounts, one for all of them in one process, and a partner of each tenant. */
export const demoClients: readonly DemoClient[] = [
  service('profiles', '0ae0733c-2d1a-431a-851b-93815196cf88'),
  service('interactions', '1e46d732-7bc2-4e60-b30c-c04f6ea53bdb'),
  service('surveys', 'd13611fb-3e1c-43c3-bd3a-3ecb22c01920'),
  service('segmentation', '21d07d84-e502-4eb7-aa54-0b6d678ed4c8'),
  service('integrations', 'ddba911c-5e9b-4642-aaa4-5be1c171306e'),
  service('platform', '8a9d3f0e-5f0b-4c37-8e35-3c7a9d6f2b14'),
  partner('acme', 'fbb4d547-f6a6-4940-8ddf-bf043f9d0ea3', ['customers.read', 'events.read'], 'secret'),
  partner('globex', '5c2f8a1d-7f33-4f0a-9a44-6d2d2b7c0a71', ['events.read'], 'key'),
]

/** The client id of a service's own account. */
export function serviceClient(service: string): string {
  return `clientele-${service}`
}

function service(name: string, subject: string): DemoClient {
  const accounts = (name === 'platform' ? services : [name]).map((each) => `${each}_account`)
  const roles = ['service_account', ...accounts]
  return { id: serviceClient(name), subject, tenant: '*', roles, scopes: [], proof: 'secret' }
}

function partner(tenant: string, subject: string, scopes: string[], proof: DemoClient['proof']): DemoClient {
  return { id: `partner-${tenant}`, subject, tenant, roles: [], scopes, proof }
}
