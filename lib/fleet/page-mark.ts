/**
 * What the dashboard's own pages add to each request. A page of another origin cannot: it would have to be allowed to
 * first (CORS), and nobody is. Over plain HTTP it is the only sign of theirs, since browsers send no Sec-Fetch-Site there.
 */
export const PAGE_MARK = { name: 'x-requested-with', value: 'cocoon' } as const
