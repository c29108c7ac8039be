/** At sign-out the browser forgets the texts it kept, except what only it has. */
export function clearKeptTexts(): void {
  void import("#collab/client/replica/clear-replicas.ts").then(({ clearReplicas }) => clearReplicas());
}
