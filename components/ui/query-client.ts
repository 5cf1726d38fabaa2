import { QueryClient } from '@tanstack/react-query'

let ofThePage: QueryClient | undefined

/** What is asked on demand is asked again when somebody looks again, and retried by people, not by timers. */
const newClient = () => new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 5_000 } } })

/**
 * The page's one client of on-demand queries, for the hooks' second argument: given by no provider, it is loaded only
 * with the parts that ask. On the server nothing is asked, and nothing is kept from one request to the next.
 */
export function queryClient(): QueryClient {
  if (typeof window === 'undefined') return newClient()
  if (ofThePage === undefined) {
    ofThePage = newClient()
    ofThePage.mount()
  }
  return ofThePage
}
