import { stringify } from 'yaml'
import { rules } from './alerts.ts'
import { dashboard } from './dashboard.ts'

/** What is generated, by file name. */
export const files: Readonly<Record<string, string>> = {
  'rules.yaml': stringify(rules, { lineWidth: 0 }),
  'dashboard.json': `${JSON.stringify(dashboard, null, 2)}\n`,
}
