/** A user of the test issuer. */
export interface TestPerson {
  subject: string
  tenant: string
  name: string
  email: string
  /** Paths below `/territories`; `''` is the whole tree. */
  territories: readonly string[]
  enabled: boolean
  /** Realm roles; who may ask for them is not told where there are none. */
  roles?: readonly string[]
}

/** The users of the test issuer. It knows everybody that it is asked for, in every tenant, unless their subject begins with `nobody`. */
export interface TestPeople {
  /** Adds a user, or changes what is known of one. */
  set(person: Partial<TestPerson> & { subject: string; tenant: string }): void
  /** Takes a user away, for good. */
  remove(subject: string): void
  /** Takes an organization away, for good. */
  removeTenant(tenant: string): void
  /** Remembers whom a token was made for. */
  seen(person: { subject: string; tenant: string; territories: readonly string[] }): void
  /** How often somebody was asked for. */
  asked(): number
  /** The answer of the admin API to a request of this URL; undefined where it is no request to it. */
  answer(url: string): { status: number; body: unknown } | undefined
}

export const testPeople = (): TestPeople => {
  const set = new Map<string, TestPerson>()
  const tokens = new Map<string, Pick<TestPerson, 'tenant' | 'territories'>>()
  const removed = new Set<string>()
  const removedTenants = new Set<string>()
  let asked = 0

  const person = (subject: string): TestPerson | undefined => {
    const known = set.get(subject)
    if (known || removed.has(subject) || subject.startsWith('nobody')) return known
    const { territories = [] } = tokens.get(subject) ?? {}
    return { subject, tenant: '*', name: `Person ${subject}`, email: '', territories, enabled: true }
  }
  const tenants = () => [
    ...new Set(['acme', 'globex', ...[...set.values(), ...tokens.values()].map((one) => one.tenant)]).difference(
      removedTenants,
    ),
  ]
  const organization = (alias: string) => ({ id: alias, alias, name: alias })
  const user = ({ subject, name, email, enabled }: TestPerson) => ({
    ...{ id: subject, username: subject, firstName: name, enabled },
    ...(email && { email }),
  })
  const groups = ({ territories }: TestPerson) =>
    territories.map((path) => ({ path: path ? `/territories/${path}` : '/territories' }))

  const read = ([concept, id = '', relation, last]: string[]): unknown => {
    if (concept === 'organizations' && id === 'members' && last === 'organizations') {
      asked++
      const found = person(relation ?? '')
      return found && (found.tenant === '*' ? tenants() : [found.tenant]).map(organization)
    }
    if (concept === 'organizations' && relation === 'members') {
      return [...set.values()].filter(({ tenant }) => tenant === id).map(user)
    }
    if (concept === 'organizations') return tenants().map(organization)
    const found = person(id)
    if (relation === 'role-mappings') return found?.roles?.map((name) => ({ name }))
    return found && (relation === 'groups' ? groups(found) : user(found))
  }

  return {
    set: ({ subject, ...given }) => {
      const before = set.get(subject) ?? { name: subject, email: '', territories: [], enabled: true }
      set.set(subject, { ...before, subject, ...given })
    },
    remove: (subject) => {
      set.delete(subject)
      removed.add(subject)
    },
    removeTenant: (tenant) => void removedTenants.add(tenant),
    seen: ({ subject, ...of }) => void tokens.set(subject, of),
    asked: () => asked,
    answer: (url) => {
      const { pathname, searchParams } = new URL(url, 'http://issuer')
      if (!pathname.startsWith('/admin/')) return undefined
      const body = read(pathname.split('/').slice(2).map(decodeURIComponent))
      if (body === undefined) return { status: 404, body: { error: 'not found' } }
      if (!Array.isArray(body)) return { status: 200, body }
      const first = Number(searchParams.get('first') ?? 0)
      return { status: 200, body: body.slice(first, first + Number(searchParams.get('max') ?? 100)) }
    },
  }
}
