import { among, ask, type Kind, subgraph } from '../audit.js'

type Media = { __typename: string; size?: number; seconds?: number; owner?: { nick: string } }
const posts = [
  {
    id: '1',
    media: { __typename: 'Image', size: 5, by: 'x' },
    author: { __typename: 'Bot', nick: 'beep', maker: 'ACME' },
  },
  {
    id: '2',
    media: { __typename: 'Video', seconds: 9, by: 'y' },
    author: { __typename: 'Human', nick: '小明', age: 30 },
  },
  { id: '3', media: null, author: null },
]

/** What is required is an interface or a union, with fragments for its types. */
export const requiresAbstract: Kind = {
  name: '@requires of interfaces and unions',
  subgraphs: [
    subgraph(
      'posts',
      `type Query { posts: [Post] }
       type Post @key(fields: "id") { id: ID! media: Media author: Author }
       union Media = Image | Video interface Author { nick: String! }
       type Image { size: Int! by: String @shareable } type Video { seconds: Int! by: String @shareable }
       type Human implements Author { nick: String! age: Int } type Bot implements Author { nick: String! maker: String }`,
      { Query: { posts: () => posts }, Post: { __resolveReference: among(posts) } },
    ),
    subgraph(
      'previews',
      `type Post @key(fields: "id") {
         id: ID! media: Media @external author: Author @external
         preview: String @requires(fields: "media { ... on Image { size } ... on Video { seconds } }")
         kind: String @requires(fields: "media { __typename }")
         greeting: String @requires(fields: "author { nick }")
         badge: String @requires(fields: "author { nick ... on Human { age } ... on Bot { maker } }")
       }
       union Media = Image | Video interface Author { nick: String! }
       type Image { size: Int! @external } type Video { seconds: Int! @external }
       type Human implements Author { nick: String! @external age: Int @external }
       type Bot implements Author { nick: String! @external maker: String @external }`,
      {
        Post: {
          __resolveReference: (post: object) => post,
          preview: ({ media }: { media: Media | null }) =>
            media && `${media.size ?? 'no'} px, ${media.seconds ?? 'no'} s`,
          kind: ({ media }: { media: Media | null }) => media?.__typename,
          greeting: ({ author }: { author: { nick: string } | null }) => author && `Hi ${author.nick}`,
          badge: ({ author }: { author: object | null }) =>
            author &&
            Object.keys(author)
              .filter((key) => key !== '__typename')
              .sort()
              .join(),
        },
      },
    ),
  ],
  cases: [
    ask('a union', '{ posts { id preview } }', {
      posts: [
        { id: '1', preview: '5 px, no s' },
        { id: '2', preview: 'no px, 9 s' },
        { id: '3', preview: null },
      ],
    }),
    ask('a union beside what the client asks of it', '{ posts { media { ... on Image { by } } preview } }', {
      posts: [
        { media: { by: 'x' }, preview: '5 px, no s' },
        { media: {}, preview: 'no px, 9 s' },
        { media: null, preview: null },
      ],
    }),
    ask('only the name of the type', '{ posts { kind } }', {
      posts: [{ kind: 'Image' }, { kind: 'Video' }, { kind: null }],
    }),
    ask('a field of an interface', '{ posts { greeting } }', {
      posts: [{ greeting: 'Hi beep' }, { greeting: 'Hi 小明' }, { greeting: null }],
    }),
    ask('fields of an interface and of its types', '{ posts { badge } }', {
      posts: [{ badge: 'maker,nick' }, { badge: 'age,nick' }, { badge: null }],
    }),
    ask(
      'all, with the client in between',
      '{ posts { author { ... on Human { years: age } } badge greeting media { __typename } preview } }',
      {
        posts: [
          {
            author: {},
            badge: 'maker,nick',
            greeting: 'Hi beep',
            media: { __typename: 'Image' },
            preview: '5 px, no s',
          },
          {
            author: { years: 30 },
            badge: 'age,nick',
            greeting: 'Hi 小明',
            media: { __typename: 'Video' },
            preview: 'no px, 9 s',
          },
          { author: null, badge: null, greeting: null, media: null, preview: null },
        ],
      },
    ),
  ],
}
