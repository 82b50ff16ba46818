// A certified provider of OpenID Connect for a journey of the browser: one client, anybody signs in by any name.
// node tools/audit/provider.mjs PORT CALLBACK
import Provider from "oidc-provider";

const [port, callback] = process.argv.slice(2);
const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    {
      client_id: "the-portal",
      client_secret: "of the council's tenant",
      redirect_uris: [callback],
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  claims: { openid: ["sub", "oid"], email: ["email"], profile: ["name"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: async () => ({ sub: id, oid: id, email: `${id}@torfaen.example.org`, name: id }),
  }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
