package provider

import "testing"

func TestParseBaseURL(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want, err string }{
		{text: "https://cloud.mongodb.com", want: "https://cloud.mongodb.com"},
		{text: "https://cloud.mongodb.com/", want: "https://cloud.mongodb.com"},
		{text: "HTTPS://cloud.mongodb.com", want: "https://cloud.mongodb.com"},
		{text: "https://proxy.example.com:8443/atlas//", want: "https://proxy.example.com:8443/atlas"},
		// As other tools want it.
		{text: "https://cloud.mongodb.com/api/atlas/v1.0/", want: "https://cloud.mongodb.com"},
		{text: "https://proxy.example.com/atlas/api/atlas", want: "https://proxy.example.com/atlas"},
		{text: "https://cloud.mongodb.com/api/", want: "https://cloud.mongodb.com"},
		{text: "https://proxy.example.com/apis/api/atlasses", want: "https://proxy.example.com/apis/api/atlasses"},
		{text: "https://proxy.example.com//atlas//api//atlas", want: "https://proxy.example.com/atlas"},
		{text: "http://LOCALHOST:8080", want: "http://LOCALHOST:8080"},
		{text: "http://127.0.0.1:8080", want: "http://127.0.0.1:8080"},
		{text: "http://127.8.9.1", want: "http://127.8.9.1"},
		{text: "http://[::1]:8080", want: "http://[::1]:8080"},
		{text: "http://localhost:8080", want: "http://localhost:8080"},
		{
			text: "http://cloud.mongodb.com",
			err:  `"http://cloud.mongodb.com" would send credentials unencrypted: plain http is allowed to a loopback address only`,
		},
		// The name begins like a loopback address, and is none.
		{
			text: "http://127.0.0.1.example.com",
			err:  `"http://127.0.0.1.example.com" would send credentials unencrypted: plain http is allowed to a loopback address only`,
		},
		{text: "cloud.mongodb.com", err: `"cloud.mongodb.com" does not begin with https:// and a host`},
		{text: "cloud.mongodb.com:443", err: `"cloud.mongodb.com:443" does not begin with https:// and a host`},
		{text: "ftp://cloud.mongodb.com", err: `"ftp://cloud.mongodb.com" does not begin with https:// and a host`},
		{text: "https://", err: `"https://" does not begin with https:// and a host`},
		{text: "https://:443", err: `"https://:443" does not begin with https:// and a host`},
		{text: "https://cloud.mongodb.com?x=1", err: `"https://cloud.mongodb.com?…" has a query or a fragment, which no request could carry`},
		{text: "https://cloud.mongodb.com?", err: `"https://cloud.mongodb.com?…" has a query or a fragment, which no request could carry`},
		{text: "https://cloud.mongodb.com#x", err: `"https://cloud.mongodb.com#…" has a query or a fragment, which no request could carry`},
		{text: "https://cloud.mongodb.com:99999", err: `"https://cloud.mongodb.com:99999" has a port that does not exist`},
		{text: "https://cloud .mongodb.com", err: `"https://cloud .mongodb.com" is not a URL`},
		// What may be a password is not shown.
		{
			text: "https://user:sesame@cloud.mongodb.com",
			err:  `"https://…@cloud.mongodb.com" has a user name or password in it, and credentials have attributes of their own`,
		},
		{text: "https://user:ses@me %@cloud.mongodb.com", err: `"https://…@cloud.mongodb.com" is not a URL`},
		{text: "user:sesame://x@cloud.mongodb.com", err: `"https://…@cloud.mongodb.com" does not begin with https:// and a host`},
		// What follows a question mark may be a part of the password.
		{text: "https://user:ses?ame@cloud.mongodb.com", err: `"https://…@cloud.mongodb.com" is not a URL`},
		{text: "user:sesame@cloud.mongodb.com", err: `"https://…@cloud.mongodb.com" does not begin with https:// and a host`},
	} {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			got, err := parseBaseURL(tt.text)
			switch {
			case err != nil && err.Error() != tt.err, err == nil && tt.err != "":
				t.Errorf("got error %v, want %s", err, tt.err)
			case err == nil && got.String() != tt.want:
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
