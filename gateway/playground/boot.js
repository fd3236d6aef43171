const { samples, headers } = JSON.parse(document.getElementById('settings').textContent)

// GraphiQL fills the variables editor of the first tab from this property only; a returning visitor has tabs of his own.
const isFirstVisit = localStorage.getItem('graphiql:tabState') === null
const variables = isFirstVisit ? samples[0]?.variables : undefined

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: '/graphql' }),
    defaultTabs: samples.map(({ query, variables }) => ({ query, variables, headers })),
    variables,
    defaultHeaders: headers,
    shouldPersistHeaders: false,
    defaultEditorToolsVisibility: 'variables',
  }),
)
