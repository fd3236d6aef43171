import { readFile } from 'node:fs/promises'
import { Pool } from 'undici'
import type { Ask, Question } from '../comparison/comparison.js'
import type { Target } from '../load/load.js'
import { requestsOf, type Stage } from './variant.js'

/** How a gateway at `url` is asked the comparison's questions. */
export const gatewayTarget = async (name: string, url: string, { comparison, questions }: Stage): Promise<Target> => {
  const query = await readFile(comparison.query, 'utf8')
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin)
  const variables = await comparison.variables(questions, askAt(pool, pathname)).finally(() => pool.destroy())
  const requests = requestsOf(variables.map((each) => ({ query, variables: each }))).map(({ headers, body }, at) => ({
    headers: { ...headers, ...authorization(questions[at] as Question) },
    body,
  }))
  return { name, url, requests, aliased: comparison.aliased }
}

const authorization = ({ token }: Question) => ({ authorization: `Bearer ${token}` })

const askAt =
  (pool: Pool, path: string): Ask =>
  async (question, query, variables) => {
    const [asked] = requestsOf([{ query, variables }])
    const headers = { ...asked?.headers, ...authorization(question) }
    const { body } = await pool.request({ path, method: 'POST', headers, body: asked?.body ?? '' })
    const text = await body.text()
    const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown }
    if (errors || !data) throw new Error(`the gateway does not say what ${query} asks: ${text.slice(0, 500)}`)
    return data
  }
