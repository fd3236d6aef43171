import type { Acceptance } from '../platform/platform.js'
import type { Culture } from './cultures.js'
import { documentOf } from './documents.js'

/** What the days need of a platform, whatever it runs in. */
export type Platform = Pick<
  Acceptance,
  'url' | 'natsUrl' | 'issuer' | 'urls' | 'masterKeyPath' | 'defer' | 'token' | 'post'
>

/** What somebody is told who may not, or whose input is wrong. */
export interface Refusal {
  code: string
  reason?: string
  message: string
  fields: { path: string; reason: string; message: string }[]
}

/** Somebody who works at a company, at their screen. */
export interface Person {
  subject: string
  /** Sends an operation of the `.graphql` files; throws when there is any error. */
  ask(operation: string, variables?: object): Promise<any>
  /** Sends an operation that is refused, and answers with the first error. */
  refused(operation: string, variables?: object): Promise<Refusal>
  /** All that this person was answered until now, as text. */
  readonly answers: string[]
}

export interface Company extends Culture {
  platform: Platform
  it: Person
  sales: Person
  /** Sells in the same territory. */
  colleague: Person
  /** Sells in a territory of others. */
  stranger: Person
  service: Person
  manager: Person
  analyst: Person
  officer: Person
  /** What one day leaves to the next: ids by name. */
  story: Record<string, string>
}

/** The people of a company, known to the issuer, each with their own token and language. */
export const openCompany = (platform: Platform, culture: Culture): Company => {
  const { tenant, area, territory, elsewhere } = culture
  const person = (name: string, role: string, territories: string[]): Person => {
    const subject = `${tenant}-${name}`
    platform.issuer.people.set({ subject, tenant, name: `${name} (${tenant})`, territories })
    const answers: string[] = []
    const send = async (operation: string, variables: object = {}) => {
      const token = await platform.token({ subject, tenant, roles: [role], territories })
      const headers = { authorization: `Bearer ${token}`, 'accept-language': culture.language }
      const body = { query: documentOf(operation), operationName: operation, variables }
      const { body: answer } = await platform.post(body, headers)
      answers.push(JSON.stringify(answer))
      return answer
    }
    return {
      subject,
      answers,
      ask: async (operation, variables) => {
        const { data, errors } = await send(operation, variables)
        if (errors) throw new Error(`${operation}: ${JSON.stringify(errors)}`)
        return data
      },
      refused: async (operation, variables) => {
        const { errors } = await send(operation, variables)
        if (!errors?.[0]) throw new Error(`${operation} was not refused.`)
        const [{ message, extensions }] = errors as [(typeof errors)[0]]
        return { message, fields: [], ...extensions } as unknown as Refusal
      },
    }
  }
  return {
    ...culture,
    platform,
    it: person('ines', 'admin', ['']),
    sales: person('sara', 'sales', [territory]),
    colleague: person('carl', 'sales', [territory]),
    stranger: person('xaver', 'sales', [elsewhere]),
    service: person('sven', 'service', ['']),
    manager: person('mona', 'manager', [area]),
    analyst: person('anton', 'analyst', ['']),
    officer: person('petra', 'privacy_officer', ['']),
    story: {},
  }
}

const day = 86_400_000

/** A moment so many days and hours from now, as an input has it. */
export const inDays = (days: number, hours = 0) => new Date(Date.now() + days * day + hours * 3_600_000).toISOString()

/** The date on which it is now somewhere, so many days on. */
export const dateIn = (timeZone: string, days: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(Date.now() + days * day))
