import { canonicalId } from '@clientele/contracts'
import { Unavailable } from '@clientele/kit'
import { z } from 'zod'
import type { DirectoryPerson, StaffDirectory } from './staff-directory.js'

interface Options {
  /** Of the admin REST API for one realm: `https://id.example.com/admin/realms/clientele`. */
  url: string
  /** An access token of a client that may look at users, groups and organizations. */
  token(): Promise<string>
}

const pageSize = 100
const timeoutMs = 5_000
/** How many people's groups are asked for at once. */
const abreast = 8

const organizations = z.array(z.object({ id: z.string(), alias: z.string().optional(), name: z.string() }))
const user = z.object({
  id: z.string(),
  username: z.string(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  email: z.string().nullish(),
  enabled: z.boolean().nullish(),
  attributes: z.record(z.string(), z.array(z.string())).nullish(),
})
const realmRoles = z.array(z.object({ name: z.string() }))
const groups = z.array(z.object({ path: z.string() }))

/** The staff as Keycloak's admin REST API (version 26) tells them: members of the organization whose alias is the tenant. Throws UNAVAILABLE `staff.directory`. */
export const keycloakDirectory = ({ url, token }: Options): StaffDirectory => {
  const ask = async <T>(path: string, schema: z.ZodType<T>, absent = [404]): Promise<T | null> => {
    try {
      const response = await fetch(`${url}${path}`, {
        headers: { authorization: `Bearer ${await token()}`, accept: 'application/json' },
        signal: AbortSignal.timeout(timeoutMs),
      })
      if (absent.includes(response.status)) return null
      if (!response.ok) throw new Error(`${path.split('?')[0]} answered ${response.status}`)
      return schema.parse(await response.json())
    } catch (cause) {
      throw cause instanceof Unavailable ? cause : away(cause)
    }
  }

  const pages = async function* <T>(path: string, schema: z.ZodType<T[]>) {
    for (let first = 0; ; first += pageSize) {
      const page = await ask(`${path}?first=${first}&max=${pageSize}`, schema)
      // What went away between two pages was not read to its end.
      if (!page) throw away(new Error(`${path} answered 404`))
      yield page
      if (page.length < pageSize) return
    }
  }

  const organizationOf = async (tenant: string) => {
    for await (const page of pages('/organizations', organizations)) {
      const found = page.find(({ alias, name }) => (alias ?? name) === tenant)
      if (found) return found.id
    }
    return undefined
  }

  const withGrants = async (found: z.output<typeof user>): Promise<DirectoryPerson | null> => {
    const path = `/users/${encodeURIComponent(found.id)}`
    const [of, roles] = await Promise.all([
      ask(`${path}/groups?max=500`, groups),
      // Who may look at users need not be allowed to look at roles: then they are not known.
      ask(`${path}/role-mappings/realm/composite`, realmRoles, [403, 404]),
    ])
    return of && personOf(found, of, roles)
  }

  return {
    tenants: async () => {
      const tenants: string[] = []
      for await (const page of pages('/organizations', organizations)) {
        tenants.push(...page.map(({ alias, name }) => alias ?? name))
      }
      return tenants
    },
    everybody: async function* (tenant) {
      const id = await organizationOf(tenant)
      if (!id) return
      for await (const page of pages(`/organizations/${id}/members`, z.array(user))) {
        const people: DirectoryPerson[] = []
        for (let at = 0; at < page.length; at += abreast) {
          const some = await Promise.all(page.slice(at, at + abreast).map(withGrants))
          people.push(...some.filter((person) => person !== null))
        }
        yield people
      }
    },
    person: async (tenant, subject) => {
      const path = encodeURIComponent(subject)
      const member = await ask(`/organizations/members/${path}/organizations`, organizations)
      if (!member?.some(({ alias, name }) => (alias ?? name) === tenant)) return null
      const found = await ask(`/users/${path}`, user)
      return found && withGrants(found)
    },
  }
}

const away = (cause: unknown) =>
  new Unavailable('The directory of staff cannot be asked now.', { reason: 'staff.directory', cause })

const territories = '/territories'

const personOf = (
  found: z.output<typeof user>,
  of: z.output<typeof groups>,
  roles: z.output<typeof realmRoles> | null,
): DirectoryPerson => ({
  subject: canonicalId(found.id),
  name: [found.firstName, found.lastName].filter(Boolean).join(' ') || found.username,
  email: found.email ?? null,
  language: found.attributes?.locale?.[0] ?? null,
  timeZone: found.attributes?.zoneinfo?.[0] ?? null,
  territories: of.flatMap(({ path }) => {
    if (path === territories) return ['*']
    return path.startsWith(`${territories}/`) ? [path.slice(territories.length + 1)] : []
  }),
  roles: roles?.map(({ name }) => name) ?? null,
  enabled: found.enabled ?? true,
})
