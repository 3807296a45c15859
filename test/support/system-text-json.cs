// As much of System.Text.Json as the C# snippet uses: Mono comes without it. For test/admin/snippets.test.ts only.
using System.Collections.Generic;
using System.Web.Script.Serialization;

namespace System.Text.Json
{
    public struct JsonElement
    {
        readonly object value;
        internal JsonElement(object value) { this.value = value; }
        public JsonElement GetProperty(string name) { return new JsonElement(((IDictionary<string, object>)value)[name]); }
        public string GetString() { return (string)value; }
        public override string ToString() { return new JavaScriptSerializer().Serialize(value); }
    }

    public sealed class JsonDocument
    {
        public JsonElement RootElement { get; private set; }
        public static JsonDocument Parse(string json)
        {
            return new JsonDocument { RootElement = new JsonElement(new JavaScriptSerializer().DeserializeObject(json)) };
        }
    }

    public static class JsonSerializer
    {
        public static string Serialize<T>(T value) { return new JavaScriptSerializer().Serialize(value); }
    }
}
