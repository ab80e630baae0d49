import { objectOf, textOf } from '@securescan/core';
import { GitHubError } from '../github/github-error';
import type { GitHubApi } from '../github/github-api';
import { authorNamed, type Author } from './comment';

/** Whose token a workflow has unless it is given another one. */
const WORKFLOW_BOT = 'github-actions[bot]';

/** Who wrote what this token writes. REST tells it to people alone; GraphQL tells apps, too. */
export async function whoAmI(api: GitHubApi, graphqlUrl: string): Promise<Author> {
  try {
    const answer = objectOf(await api.query(graphqlUrl, '{ viewer { login } }'));
    const login = textOf(objectOf(objectOf(answer['data'])['viewer'])['login']);
    return authorNamed(login ?? WORKFLOW_BOT);
  } catch (error) {
    // Expected: a server without GraphQL, or a token that may not use it.
    if (!(error instanceof GitHubError)) throw error;
    return authorNamed(WORKFLOW_BOT);
  }
}
