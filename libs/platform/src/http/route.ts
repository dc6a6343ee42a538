const routes = [
  '/admin',
  '/audit',
  '/documents',
  '/ecm',
  '/events',
  '/graphql',
  '/graphiql',
  '/health/live',
  '/health/ready',
  '/metrics',
  '/oidc',
  '/pages',
  '/reports',
];

/** The route of a URL for logs and metrics: one of our own, or `other`; never what a caller typed. */
export function routeOf(url: string): string {
  const path = url.split('?', 1)[0] ?? '';
  return routes.find((route) => path === route || path.startsWith(`${route}/`)) ?? 'other';
}
