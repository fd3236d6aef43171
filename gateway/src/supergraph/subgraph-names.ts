import { readFileSync } from 'node:fs'

/** The subgraphs that a supergraph is made of. None where the file cannot be read, which the start tells of. */
export const subgraphNames = (file: string): string[] => {
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return []
  }
  return [...text.matchAll(/@join__graph\(name: "([^"]+)"/g)].map(([, name]) => name as string)
}
