interface Described {
  name: [familyName: string, givenName: string]
  gender: 'FEMALE' | 'MALE'
  birthDate: string
  occupation: string
  city: string
}

const people = (country: string, territory: string, described: Record<string, Described>) =>
  Object.entries(described).map(([key, { name, city, ...details }]) => ({
    externalId: `p-${key}`,
    kind: 'PERSON' as const,
    person: { familyName: name[0], givenName: name[1], ...details },
    contactPoints: [{ kind: 'EMAIL', value: `${key.replace('-', '.')}@example.com` }],
    addresses: [{ kind: 'HOME', city, country }],
    source: 'sample',
    territory,
    ownerId: undefined as string | undefined,
    tags: [] as string[],
  }))

/**
 * Made-up people of whom no more is known: enough of Germany and of China between 35 and 44 years, and others beside them, that counts by
 * country and age withhold neither group.
 */
export const samplePeople = [
  ...people('DE', 'emea/de', {
    'lena-hoffmann': who(['Hoffmann', 'Lena'], 'FEMALE', '1987-03-09', 'Pharmacist', 'Köln'),
    'tobias-krause': who(['Krause', 'Tobias'], 'MALE', '1986-10-21', 'Electrician', 'Leipzig'),
    'mira-yildiz': who(['Yıldız', 'Mira'], 'FEMALE', '1989-05-13', 'Photographer', 'Bremen'),
    'paul-schubert': who(['Schubert', 'Paul'], 'MALE', '1988-01-28', 'Librarian', 'Dresden'),
    'karin-vogt': who(['Vogt', 'Karin'], 'FEMALE', '1976-06-06', 'Notary', 'Kiel'),
  }),
  ...people('CN', 'apac/cn', {
    'zhou-min': who(['周', '敏'], 'FEMALE', '1987-08-18', '会计', '上海'),
    'wu-hao': who(['吴', '昊'], 'MALE', '1989-12-11', '律师', '深圳'),
    'sun-li': who(['孙', '丽'], 'FEMALE', '1986-02-25', '教师', '南京'),
    'he-jun': who(['何', '军'], 'MALE', '1988-07-07', '厨师', '武汉'),
    'gao-feng': who(['高', '峰'], 'MALE', '1975-11-30', '摄影师', '西安'),
  }),
]

function who(
  name: Described['name'],
  gender: Described['gender'],
  birthDate: string,
  occupation: string,
  city: string,
): Described {
  return { name, gender, birthDate, occupation, city }
}
