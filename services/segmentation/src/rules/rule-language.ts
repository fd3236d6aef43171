import type { Language } from '@clientele/conditions'
import { registerEnumType } from 'type-graphql'

export const RuleLanguage = { EN: 'en', ZH: 'zh' } as const satisfies Record<string, Language>
registerEnumType(RuleLanguage, {
  name: 'RuleLanguage',
  description: 'In what language a rule is written in words.',
  valuesConfig: {
    EN: { description: 'English.' },
    ZH: { description: 'Chinese.' },
  },
})
