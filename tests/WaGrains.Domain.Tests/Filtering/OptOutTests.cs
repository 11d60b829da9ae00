using WaGrains.Domain.Filtering;

namespace WaGrains.Domain.Tests.Filtering;

public sealed class OptOutTests
{
    [Theory]
    [InlineData("STOP")]
    [InlineData(" Stop. ")]
    [InlineData("Parar!")]
    [InlineData("SAIR")]
    [InlineData("Não quero mais receber")]
    [InlineData("nao quero receber")]
    [InlineData("cancelar inscriçao")]
    [InlineData("BAJA")]
    [InlineData("no más mensajes")]
    [InlineData("opt-out")]
    public void Request_is_understood(string text) => Assert.True(OptOut.Default.IsRequest(text));

    [Theory]
    [InlineData("when does the bus stop")]
    [InlineData("stop calling it a delay, where is my order?")]
    [InlineData("quero sair da fila")]
    [InlineData("cancelar")]
    [InlineData("bajas")]
    [InlineData("")]
    [InlineData("!")]
    public void Other_messages_are_not(string text) => Assert.False(OptOut.Default.IsRequest(text));

    [Fact]
    public void Words_of_the_tenant_come_on_top()
    {
        var own = OptOut.With(["Chega", "  "]);

        Assert.True(own.IsRequest("chega!") && own.IsRequest("stop") && !own.IsRequest(""));
    }
}
